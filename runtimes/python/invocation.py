"""One call of the handler: event in, result or error out."""
import json
import os
import sys

from _hearth.context import LambdaContext
from _hearth.errors import RuntimeFault

_ASCII = sys.version_info < (3, 12)


class InvalidEvent(Exception):
    """The event is not JSON; the handler was not called."""


def run(handler, invoke, body):
    """Returns the result's bytes. Raises InvalidEvent, RuntimeFault, and whatever the handler raises."""
    os.environ['_X_AMZN_TRACE_ID'] = invoke['traceId']
    event = _parse(body)
    return _marshal(handler(event, LambdaContext(invoke)))


def to_json(value):
    """JSON in UTF-8. Before Python 3.12, Lambda escapes what is not ASCII."""
    text = json.dumps(value, ensure_ascii=_ASCII, allow_nan=False, default=_convert)
    try:
        return text.encode()
    except UnicodeEncodeError:
        # A half of a surrogate pair has no UTF-8 form, but an escaped one.
        return json.dumps(value, allow_nan=False, default=_convert).encode()


def _parse(body):
    if not body:
        return {}
    try:
        return json.loads(body.decode('utf-8'), parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        raise InvalidEvent('Invalid UTF-8') from None
    except json.JSONDecodeError as error:
        raise InvalidEvent(str(error)) from None
    except (ValueError, RecursionError) as error:
        # JSON, but deeper or with longer numbers than this interpreter takes.
        raise RuntimeFault('Runtime.UnmarshalError', f'Unable to unmarshal input: {error}') from error


def _refuse_constant(name):
    raise InvalidEvent(f'{name} is not JSON')


def _marshal(result):
    if isinstance(result, bytes):
        return result
    try:
        return to_json(result)
    except Exception as error:
        raise RuntimeFault('Runtime.MarshalError', f'Unable to marshal response: {error}') from error


def _convert(value):
    """Decimals are the one type beyond JSON's that Lambda takes."""
    decimal = sys.modules.get('decimal')
    if decimal and isinstance(value, decimal.Decimal):
        return int(value) if value.is_finite() and value.as_tuple().exponent == 0 else float(value)
    raise TypeError(f'Object of type {type(value).__name__} is not JSON serializable')
