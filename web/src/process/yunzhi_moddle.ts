// Our attributes of BPMN elements, for reading and writing files (packs/standard/README.md lists them).
const text = (name: string) => ({ name, isAttr: true, type: 'String' });
const on = (name: string, extended: string, attributes: string[]) => ({
  name,
  extends: [`bpmn:${extended}`],
  properties: attributes.map(text),
});

export const yunzhiModdle = {
  name: 'Yunzhi',
  uri: 'https://yunzhi.dev/bpmn',
  prefix: 'yunzhi',
  xml: { tagAlias: 'lowerCase' },
  types: [
    on('MovesRecord', 'Process', ['record']),
    on('HasRole', 'Lane', ['role']),
    on('Step', 'UserTask', [
      'state',
      'fields',
      'required',
      'readonly',
      'schema',
      'assignee',
      'due',
      'remind',
      'sign',
      'signers',
      'share',
      'veto',
      'result',
    ]),
    on('Acts', 'Activity', ['action']),
    on('Working', 'TimerEventDefinition', ['working']),
    on('Ends', 'EndEvent', ['state']),
  ],
};
