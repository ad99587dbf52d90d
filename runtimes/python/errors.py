"""Errors as callers receive them and as the log shows them."""
import os
import traceback

_DIRECTORY = os.path.dirname(__file__)
_NO_BREAK_SPACE = '\u00a0'


class RuntimeFault(Exception):
    """An error that the runtime itself reports; `type` is Lambda's, such as `Runtime.HandlerNotFound`."""

    def __init__(self, type, message, trace=()):
        super().__init__(message)
        self.type = type
        self.trace = trace


def error_result(error, request_id=''):
    """The error object that a caller receives. During init there is no request id."""
    if isinstance(error, RuntimeFault):
        error_type, trace = error.type, list(error.trace)
    else:
        error_type, trace = type(error).__name__, _stack_trace(error)
    return {
        'errorMessage': str(error),
        'errorType': error_type,
        'requestId': request_id,
        'stackTrace': trace,
    }


def error_text(result):
    """The log line of an error object. Indents are no-break spaces, as on Lambda."""
    lines = [f"[ERROR] {result['errorType']}"]
    if result['errorMessage']:
        lines[0] += f": {result['errorMessage']}"
    lines.append('Traceback (most recent call last):')
    for entry in result['stackTrace']:
        for line in entry.splitlines():
            text = line.lstrip(' ')
            lines.append(_NO_BREAK_SPACE * (len(line) - len(text)) + text)
    return '\n'.join(lines)


def _stack_trace(error):
    """Frames without the runtime's own in front. Plain tuples: Lambda shows no `^^^^` markers."""
    frames = [(f.filename, f.lineno, f.name, f.line) for f in traceback.extract_tb(error.__traceback__)]
    first = next((i for i, frame in enumerate(frames) if os.path.dirname(frame[0]) != _DIRECTORY), 0)
    return traceback.format_list(frames[first:])
