"""/openapi.json as the tests read it: operations, the schema of each answer, and a small JSON Schema checker."""
import re

NUMBER = {'integer': int, 'number': (int, float), 'string': str, 'array': list, 'object': dict, 'boolean': bool}
DATE_TIME = re.compile(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$')


def has_type(value, name):
    if name == 'null':
        return value is None
    if name == 'integer' and isinstance(value, float):
        return value.is_integer()
    if name in ('integer', 'number') and isinstance(value, bool):
        return False
    return isinstance(value, NUMBER[name])


class Contract:
    def __init__(self, document):
        self.document = document
        self.operations = {}
        for path, item in document['paths'].items():
            for method, operation in item.items():
                if method in ('get', 'post', 'put', 'patch', 'delete'):
                    self.operations[(method.upper(), path)] = operation
        self.patterns = [(method, path, re.compile(re.sub(r'\\\{\w+\.*\\\}', '[^/]+', re.escape(path)) + '$'))
                         for method, path in sorted(self.operations, key=lambda key: key[1].count('{'))]

    def template(self, method, path):
        path = path.split('?')[0]
        for known, template, pattern in self.patterns:
            if known == method and pattern.match(path):
                return template
        return None

    def resolve(self, schema):
        while isinstance(schema, dict) and '$ref' in schema:
            target = self.document
            for part in schema['$ref'].lstrip('#/').split('/'):
                target = target[part.replace('~1', '/').replace('~0', '~')]
            schema = {**target, **{key: value for key, value in schema.items() if key != '$ref'}}
        return schema

    def answer_faults(self, method, template, status, content_type, value):
        """What is wrong with an answer, as sentences."""
        operation = self.operations[(method, template)]
        answer = operation['responses'].get(str(status)) or operation['responses'].get('default')
        if answer is None:
            return [f'status {status} is not in the contract']
        answer = self.resolve(answer)
        content = answer.get('content', {})
        if not content:
            return [] if value in (None, '') else ['the contract names no body for this answer']
        if content_type not in content:
            return [f'{content_type} is not in the contract, which names {", ".join(content)}']
        if 'json' not in content_type:
            return []
        return list(self.faults(content[content_type].get('schema', {}), value, ''))

    def faults(self, schema, value, at):
        schema = self.resolve(schema)
        if schema is True or schema == {}:
            return
        if schema is False:
            yield f'{at}: nothing is allowed here'
            return
        types = schema.get('type')
        if types is not None:
            types = [types] if isinstance(types, str) else types
            if not any(has_type(value, name) for name in types):
                yield f'{at}: {type(value).__name__} instead of {"/".join(types)}'
                return
        if 'const' in schema and value != schema['const']:
            yield f'{at}: not {schema["const"]!r}'
        if 'enum' in schema and value not in schema['enum']:
            yield f'{at}: {value!r} is none of {schema["enum"]}'
        for word, wanted in (('oneOf', 1), ('anyOf', None)):
            if word in schema:
                fitting = sum(not list(self.faults(one, value, at)) for one in schema[word])
                if fitting == 0 or (wanted and fitting != wanted):
                    yield f'{at}: fits {fitting} of {word}'
        for one in schema.get('allOf', []):
            yield from self.faults(one, value, at)
        if isinstance(value, dict):
            yield from self.object_faults(schema, value, at)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                yield from self.faults(schema.get('items', {}), item, f'{at}/{index}')
        elif isinstance(value, str):
            if len(value) > schema.get('maxLength', len(value)):
                yield f'{at}: longer than {schema["maxLength"]}'
            if schema.get('format') == 'date-time' and not DATE_TIME.match(value):
                yield f'{at}: {value!r} is no UTC date-time'
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            if value < schema.get('minimum', value) or value > schema.get('maximum', value):
                yield f'{at}: {value} is out of range'

    def object_faults(self, schema, value, at):
        for name in schema.get('required', []):
            if name not in value:
                yield f'{at}: lacks {name}'
        known = schema.get('properties', {})
        rest = schema.get('additionalProperties', True)
        for name, inner in value.items():
            if name in known:
                yield from self.faults(known[name], inner, f'{at}/{name}')
            elif rest is False:
                yield f'{at}/{name}: is not in the contract'
            elif isinstance(rest, dict):
                yield from self.faults(rest, inner, f'{at}/{name}')
