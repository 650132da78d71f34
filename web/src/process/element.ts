// An element of a drawing, as its file describes it.

interface Documentation {
  text?: string;
}

export interface Business {
  id: string;
  $type: string;
  name?: string;
  $attrs?: Record<string, string>;
  documentation?: Documentation[];
  lanes?: Business[];
  flowNodeRef?: Business[];
  $parent?: Business;
  laneSets?: { lanes?: Business[] }[];
  processRef?: Business;
  get?: (name: string) => unknown;
}

export interface Drawn {
  id: string;
  type: string;
  businessObject: Business;
  labelTarget?: Drawn;
}

export interface Element {
  id: string;
  /** Without the prefix: UserTask, BoundaryEvent. */
  type: string;
  name: string;
  documentation: string;
  /** Our own attributes: state, fields, due. */
  attributes: Record<string, string>;
  /** The role of its lane. */
  role: string;
}

const own = 'yunzhi:';

export function attributesOf(business: Business): Record<string, string> {
  const made: Record<string, string> = {};
  for (const [name, value] of Object.entries(business.$attrs ?? {}))
    if (name.startsWith(own)) made[name.slice(own.length)] = value;
  return made;
}

function roleOf(business: Business): string {
  const lanes = (business.$parent?.laneSets ?? []).flatMap((set) => set.lanes ?? []);
  const lane = lanes.find((one) => one.flowNodeRef?.some((node) => node.id === business.id));
  return lane ? (attributesOf(lane).role ?? '') : (attributesOf(business).role ?? '');
}

/** Null for the empty canvas. */
export function elementOf(drawn: Drawn): Element | null {
  const { businessObject: business } = drawn.labelTarget ?? drawn;
  const type = business.$type.replace(/^bpmn:/, '');
  if (type === 'Collaboration' || type === 'Process') return null;
  return {
    id: business.id,
    type,
    name: business.name ?? '',
    documentation: business.documentation?.[0]?.text ?? '',
    attributes: attributesOf(type === 'Participant' && business.processRef ? business.processRef : business),
    role: roleOf(business),
  };
}
