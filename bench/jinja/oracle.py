"""Answers, line by line, what ansible-core makes of templates: JSON cases on stdin, JSON answers on stdout."""
import json
import os
import signal
import sys
import warnings

os.environ['ANSIBLE_JINJA2_EXTENSIONS'] = 'jinja2.ext.do,jinja2.ext.loopcontrols'
os.environ['ANSIBLE_DEPRECATION_WARNINGS'] = '0'
os.environ['TZ'] = 'UTC'
warnings.simplefilter('ignore')

from ansible.errors import AnsibleError, AnsibleUndefinedVariable  # noqa: E402
from ansible.parsing.dataloader import DataLoader  # noqa: E402
from ansible.playbook.conditional import Conditional  # noqa: E402
from ansible.template import Templar  # noqa: E402
from jinja2.exceptions import TemplateSyntaxError, UndefinedError  # noqa: E402

FOLDER = sys.argv[1]
SECONDS = 5


class TooSlow(BaseException):
    pass


def on_alarm(*_):
    raise TooSlow()


def data(value):
    if isinstance(value, list):
        return [data(item) for item in value]
    if not isinstance(value, dict):
        return value
    if '$float' in value:
        return float(value['$float'])
    if '$int' in value:
        return int(value['$int'])
    return {key: data(item) for key, item in value.items()}


def printable(value):
    """repr without the names of Ansible's own subclasses."""
    if isinstance(value, str):
        return repr(str.__str__(value)) if type(value) is str else repr(''.join(value))
    if isinstance(value, list):
        return '[' + ', '.join(printable(item) for item in value) + ']'
    if isinstance(value, tuple):
        return '(' + ', '.join(printable(item) for item in value) + (',)' if len(value) == 1 else ')')
    if isinstance(value, dict):
        return '{' + ', '.join(printable(key) + ': ' + printable(item) for key, item in value.items()) + '}'
    return repr(value)


def kind(error, mode):
    """The class of an error, through what wraps it."""
    seen = error
    if mode == 'condition' and isinstance(error, AnsibleError):
        # Conditional rewords what it catches.
        seen = error.orig_exc or error.__cause__ or error.__context__ or error
    while seen is not None:
        if isinstance(seen, (UndefinedError, AnsibleUndefinedVariable)):
            return 'UNDEFINED'
        if isinstance(seen, TemplateSyntaxError):
            return 'SYNTAX'
        seen = getattr(seen, 'orig_exc', None) or seen.__cause__
    if 'error while evaluating conditional' in str(error):
        return 'UNDEFINED'
    return 'SYNTAX' if 'template error while templating string' in str(error) else 'OTHER'


def answer(loader, case):
    templar = Templar(loader=loader, variables=data(case['variables']))
    templar.environment.loader.searchpath = [FOLDER]
    if case['mode'] == 'value':
        return printable(templar.template(case['template']))
    if case['mode'] == 'file':
        return printable(templar.do_template(case['template'], preserve_trailing_newlines=True, escape_backslashes=False))
    condition = Conditional(loader=loader)
    condition.when = [case['template']]
    return printable(condition.evaluate_conditional(templar, templar.available_variables))


def main():
    signal.signal(signal.SIGALRM, on_alarm)
    loader = DataLoader()
    loader.set_basedir(FOLDER)
    out = os.fdopen(os.dup(1), 'w')
    os.dup2(2, 1)
    for line in sys.stdin:
        signal.alarm(SECONDS)
        try:
            case = json.loads(line)
            result = {'answer': answer(loader, case)}
        except TooSlow:
            result = {'error': 'SLOW'}
        except (AnsibleError, Exception) as error:
            result = {'error': kind(error, case['mode']), 'text': '%s: %s' % (type(error).__name__, str(error)[:2000])}
        finally:
            signal.alarm(0)
        out.write(json.dumps(result) + '\n')
        out.flush()


main()
