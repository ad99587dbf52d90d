"""The root logger's handler: Lambda's text or JSON lines, sent as log frames."""
import json
import logging
import os
import time
import traceback

from _hearth import link
from _hearth.errors import error_text

_MAX_FRAME_BYTES = 256 * 1024
_TEXT = '[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s'
_TIME = '%Y-%m-%dT%H:%M:%S'
_LEVELS = {10: 'DEBUG', 20: 'INFO', 30: 'WARN', 40: 'ERROR', 50: 'FATAL'}

request_id = ''
"""The request id that log lines carry; empty during init."""
_json = False


def set_up():
    """Puts the handler on the root logger, in the format and level that the environment variables ask for."""
    global _json
    _json = os.environ.get('AWS_LAMBDA_LOG_FORMAT', '').upper() == 'JSON'
    logging.Formatter.converter = time.gmtime
    handler = _FrameHandler()
    handler.setFormatter(_JsonFormatter() if _json else logging.Formatter(_TEXT, _TIME))
    root = logging.getLogger()
    root.addHandler(handler)
    level = os.environ.get('AWS_LAMBDA_LOG_LEVEL', '').upper()
    level = 'DEBUG' if level == 'TRACE' else level
    if isinstance(logging.getLevelName(level), int):
        root.setLevel(level)


def send_error(result):
    """Logs an error object, whatever the log level is."""
    if not _json:
        send_text(error_text(result), 'ERROR')
        return
    now = time.time()
    line = {'timestamp': f'{time.strftime(_TIME, time.gmtime(now))}Z', 'log_level': 'ERROR', **result}
    send_text(json.dumps(line, ensure_ascii=False), 'ERROR')


def send_text(text, level=None, created=None):
    """One log event; `created` in seconds. Text over 256 KB becomes several events, never cut inside a character."""
    data = text.encode('utf-8', 'backslashreplace')
    if not data.endswith(b'\n'):
        data += b'\n'
    header = {'timestampMicroseconds': int((created or time.time()) * 1_000_000)}
    if level:
        header['level'] = level
    start = 0
    while start < len(data):
        end = min(start + _MAX_FRAME_BYTES, len(data))
        while end < len(data) and data[end] & 0xC0 == 0x80:
            end -= 1
        link.send(link.LOG, header, data[start:end])
        start = end


class _FrameHandler(logging.Handler):
    def emit(self, record):
        # As on Lambda, what cannot be formatted is the caller's error, not a note on standard error.
        record.aws_request_id = request_id
        send_text(self.format(record), _LEVELS.get(_tens(record.levelno)), record.created)


class _JsonFormatter(logging.Formatter):
    def format(self, record):
        result = {
            'timestamp': f'{time.strftime(_TIME, time.gmtime(record.created))}.{int(record.msecs):03d}Z',
            'level': logging.getLevelName(_tens(record.levelno)),
            'message': record.getMessage(),
            'logger': record.name,
        }
        if record.exc_info:
            kind, error, trace = record.exc_info
            result |= {
                'stackTrace': traceback.format_tb(trace),
                'errorType': kind.__name__,
                'errorMessage': str(error),
            }
        result['requestId'] = record.aws_request_id
        if record.exc_info:
            result['location'] = f'{record.pathname}:{record.funcName}:{record.lineno}'
        for name, value in record.__dict__.items():
            if name not in _STANDARD_MEMBERS and name not in result and value is not None:
                result[name] = value
        return json.dumps(result, ensure_ascii=False)


def _tens(level):
    return min(50, max(0, level)) // 10 * 10


_STANDARD_MEMBERS = {*logging.makeLogRecord({}).__dict__, 'message', 'asctime', 'aws_request_id'} - {'taskName'}
