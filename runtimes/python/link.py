"""The runtime's end of the link (docs/architecture.md, "The link"): file descriptor 3, with blocking calls."""
import json
import os
import threading

INIT, INVOKE = 1, 2
STARTED, READY, INIT_ERROR, RESPONSE, ERROR, LOG, INVALID_EVENT = 15, 16, 17, 18, 19, 20, 21

_DESCRIPTOR = 3
_LENGTH_BYTES = 4
_PRELUDE_BYTES = 9
_READ_AHEAD_BYTES = 64 * 1024

_lock = threading.Lock()
_detached = False
_pending = b''


def receive():
    """Waits for the next frame and returns its header and body; ends the process when the worker is gone."""
    global _pending
    _fill(_LENGTH_BYTES)
    size = _LENGTH_BYTES + int.from_bytes(_pending[:_LENGTH_BYTES], 'big')
    _fill(size)
    body_start = _PRELUDE_BYTES + int.from_bytes(_pending[5:_PRELUDE_BYTES], 'big')
    header = json.loads(_pending[_PRELUDE_BYTES:body_start])
    body = _pending[body_start:size]
    _pending = _pending[size:]
    return header, body


def send(kind, header, body=b''):
    """Sends one frame; any thread may. A forked child of the function has no link, and ends when it would answer."""
    if _detached:
        if kind != LOG:
            os._exit(0)
        _write(1, body)
        return
    head = json.dumps(header).encode()
    length = _PRELUDE_BYTES - _LENGTH_BYTES + len(head) + len(body)
    frame = b''.join((
        length.to_bytes(4, 'big'), kind.to_bytes(1, 'big'), len(head).to_bytes(4, 'big'), head, body,
    ))
    with _lock:
        _write(_DESCRIPTOR, frame)


def _write(descriptor, data):
    sent = os.write(descriptor, data)
    while sent < len(data):
        sent += os.write(descriptor, memoryview(data)[sent:])


def _fill(size):
    """Reads until at least `size` bytes are pending."""
    global _pending
    have = len(_pending)
    if have >= size:
        return
    chunks = [_pending]
    while have < size:
        chunk = os.read(_DESCRIPTOR, max(_READ_AHEAD_BYTES, size - have))
        if not chunk:
            os._exit(0)
        chunks.append(chunk)
        have += len(chunk)
    _pending = b''.join(chunks)


def _detach():
    global _detached, _lock
    _detached = True
    _lock = threading.Lock()
    os.close(_DESCRIPTOR)


os.set_inheritable(_DESCRIPTOR, False)
os.register_at_fork(after_in_child=_detach)
