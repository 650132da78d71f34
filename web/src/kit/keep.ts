// Small choices kept in this browser (theme, columns, drafts). A browser that refuses storage loses
// only the memory of the choice.
const prefix = 'yunzhi.';

export function kept<T>(name: string, otherwise: T): T {
  try {
    const text = localStorage.getItem(prefix + name);
    return text === null ? otherwise : (JSON.parse(text) as T);
  } catch {
    return otherwise;
  }
}

export function keep(name: string, value: unknown): void {
  try {
    if (value === undefined) localStorage.removeItem(prefix + name);
    else localStorage.setItem(prefix + name, JSON.stringify(value));
  } catch {
    // Storage may be full or forbidden.
  }
}
