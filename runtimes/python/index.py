"""Entry file. Kept short: the interpreter compiles it anew for every process, but caches what it imports."""
import os
import sys

directory = os.path.dirname(os.path.abspath(__file__))
# A function's own handler.py or errors.py must not meet the runtime's files of those names.
if sys.path[0] == directory:
    del sys.path[0]
# What the worker says here is not the function's.
del sys.argv[1:]
package = type(sys)('_hearth')
package.__path__ = [directory]
sys.modules['_hearth'] = package

from _hearth.life import live  # noqa: E402

live()
