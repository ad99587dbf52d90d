"""The whole life of the runtime: become the function's, then wait, call, answer."""
import logging
import os
import sys
import time

from _hearth import invocation, link, log
from _hearth.errors import error_result
from _hearth.handler import load_handler, set_search_path

_INIT_WARNING = (
    'LAMBDA_WARNING: Unhandled exception. The most likely cause is an issue in the function code.'
)


def live():
    """Never returns; what a function raises beyond Exception (SystemExit above all) ends the process."""
    link.send(link.STARTED, {})
    settings, _ = link.receive()
    try:
        handler = _initialize(settings)
    except Exception as error:
        logging.warning(_INIT_WARNING)
        result = error_result(error)
        log.send_error(result)
        link.send(link.INIT_ERROR, {'errorType': result['errorType']}, invocation.to_json(result))
        sys.exit(1)
    link.send(link.READY, _memory_use(settings))
    while True:
        _serve(handler, settings)


def _initialize(settings):
    os.environ.update(settings['environment'])
    time.tzset()
    os.chdir(settings['taskRoot'])
    set_search_path(settings['taskRoot'])
    log.set_up()
    return load_handler(settings['handler'])


def _serve(handler, settings):
    invoke, body = link.receive()
    log.request_id = invoke['requestId']
    try:
        kind, header, answer = link.RESPONSE, {}, invocation.run(handler, invoke, body)
    except invocation.InvalidEvent as problem:
        link.send(link.INVALID_EVENT, {'message': str(problem)})
        return
    except Exception as error:
        result = error_result(error, invoke['requestId'])
        log.send_error(result)
        kind, header, answer = link.ERROR, {'errorType': result['errorType']}, invocation.to_json(result)
    if len(answer) > settings['maxResponseBytes']:
        kind, header, answer = _too_large(settings['maxResponseBytes'])
    link.send(kind, {**header, **_memory_use(settings)}, answer)


def _too_large(limit):
    error_type = 'Function.ResponseSizeTooLarge'
    message = f'Response payload size exceeded maximum allowed payload size ({limit} bytes).'
    body = invocation.to_json({'errorMessage': message, 'errorType': error_type})
    return link.ERROR, {'errorType': error_type}, body


def _memory_use(settings):
    """Only asked for where no control group measures it."""
    if not settings.get('reportMemory'):
        return {}
    import resource

    return {'maxRssKilobytes': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}
