/// <reference types="vite/client" />
declare module 'virtual:words/*' {
  const words: Record<string, string>;
  export default words;
}
declare module 'bpmn-moddle' {
  export class BpmnModdle {
    constructor(packages: Record<string, unknown>);
    fromXML(xml: string): Promise<{ rootElement: unknown }>;
  }
}
