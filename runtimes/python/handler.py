"""Finds the function that a handler string such as `package/module.function` names."""
import importlib
import os
import site
import sys

from _hearth.errors import RuntimeFault

_LAYERS = '/opt/python'
_SITE_PACKAGES = f'{_LAYERS}/lib/python{sys.version_info[0]}.{sys.version_info[1]}/site-packages'
_RUNTIME_PATH = '/var/runtime'


def set_search_path(task_root):
    """Lambda's order: the package, layers, the interpreter. A configured PYTHONPATH takes the layers' place."""
    python_path = os.environ.get('PYTHONPATH', _RUNTIME_PATH)
    layers = [_SITE_PACKAGES, _LAYERS] if python_path == _RUNTIME_PATH else []
    # Nothing that a function could import lies in the runtime's directory.
    configured = [entry for entry in python_path.split(':') if entry not in ('', _RUNTIME_PATH)]
    sys.path[:0] = [task_root, *layers, *configured]
    for directory in [task_root, *layers]:
        site.addsitedir(directory)
    # The interpreter runs without `site`, so that no package of the machine is found; `exit` is missed by functions.
    site.setquit()


def load_handler(handler):
    """Raises RuntimeFault, or whatever the module raises while it is imported."""
    module_name, dot, function_name = handler.rpartition('.')
    if not dot:
        raise RuntimeFault(
            'Runtime.MalformedHandlerName',
            f"Bad handler '{handler}': not enough values to unpack (expected 2, got 1)",
        )
    if module_name.split('.')[0] in sys.builtin_module_names:
        raise RuntimeFault(
            'Runtime.BuiltInModuleConflict',
            f'Cannot use built-in module {module_name} as a handler module',
        )
    try:
        module = importlib.import_module(module_name.replace('/', '.'))
    except ImportError as error:
        raise RuntimeFault(
            'Runtime.ImportModuleError', f"Unable to import module '{module_name}': {error}",
        ) from error
    except SyntaxError as error:
        raise RuntimeFault(
            'Runtime.UserCodeSyntaxError',
            f"Syntax error in module '{module_name}': {error}",
            [f'  File "{error.filename}" Line {error.lineno}\n    {error.text}'],
        ) from error
    try:
        return getattr(module, function_name)
    except AttributeError as error:
        raise RuntimeFault(
            'Runtime.HandlerNotFound', f"Handler '{function_name}' missing on module '{module_name}'",
        ) from error
