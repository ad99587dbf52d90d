"""The handler's second argument."""
import json
import os
import time

from _hearth import log
from _hearth.errors import RuntimeFault


class _Record:
    """A fixed set of members, each None where its source says nothing."""

    __slots__ = ()

    def __init__(self, values):
        for name in self.__slots__:
            setattr(self, name, values.get(name))

    def __repr__(self):
        members = ','.join(f'{name}={getattr(self, name)}' for name in self.__slots__)
        return f'{type(self).__name__}([{members}])'


class CognitoIdentity(_Record):
    __slots__ = ('cognito_identity_id', 'cognito_identity_pool_id')


class Client(_Record):
    __slots__ = ('installation_id', 'app_title', 'app_version_name', 'app_version_code', 'app_package_name')


class ClientContext(_Record):
    __slots__ = ('custom', 'env', 'client')

    def __init__(self, values):
        super().__init__(values)
        if self.client is not None:
            self.client = Client(self.client)


class LambdaContext:
    def __init__(self, invoke):
        """`invoke`: header of the invoke frame."""
        env = os.environ
        self.aws_request_id = invoke['requestId']
        self.log_group_name = env.get('AWS_LAMBDA_LOG_GROUP_NAME')
        self.log_stream_name = env.get('AWS_LAMBDA_LOG_STREAM_NAME')
        self.function_name = env.get('AWS_LAMBDA_FUNCTION_NAME')
        self.memory_limit_in_mb = env.get('AWS_LAMBDA_FUNCTION_MEMORY_SIZE')
        self.function_version = env.get('AWS_LAMBDA_FUNCTION_VERSION')
        self.invoked_function_arn = invoke['invokedFunctionArn']
        self.tenant_id = None
        self.client_context = _parse_client_context(invoke.get('clientContext'))
        self.identity = CognitoIdentity({})
        self._epoch_deadline_time_in_ms = invoke['deadlineMilliseconds']

    def get_remaining_time_in_millis(self):
        return max(0, int(self._epoch_deadline_time_in_ms - time.time() * 1000))

    def log(self, message):
        log.send_text(str(message))

    def __repr__(self):
        names = (
            'aws_request_id', 'log_group_name', 'log_stream_name', 'function_name', 'memory_limit_in_mb',
            'function_version', 'invoked_function_arn', 'client_context', 'identity', 'tenant_id',
        )
        return f"LambdaContext([{','.join(f'{name}={getattr(self, name)}' for name in names)}])"


def _parse_client_context(text):
    if text is None:
        return None
    try:
        return ClientContext(json.loads(text))
    except Exception as error:
        raise RuntimeFault(
            'Runtime.LambdaContextUnmarshalError', f'Unable to parse Client Context JSON: {error}',
        ) from error
