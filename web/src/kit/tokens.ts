// Colours, sizes and type of the product, once: antd's theme and the style sheets' custom properties
// are both made from here. Red, orange and green mean state and nothing else.
import { theme as antd, type ThemeConfig } from 'antd';

export type Scheme = 'light' | 'dark';

const colours = {
  light: {
    ground: '#f3f5f7',
    surface: '#ffffff',
    raised: '#ffffff',
    sunken: '#f0f2f5',
    hover: '#f2f5fa',
    line: '#e2e6eb',
    'line-strong': '#c5cdd7',
    text: '#1a2330',
    muted: '#515d6b',
    faint: '#626d7b',
    accent: '#2356b8',
    'accent-text': '#2050ad',
    'accent-soft': '#e9f0fc',
    red: '#b3261e',
    'red-soft': '#fcebe9',
    orange: '#985000',
    'orange-soft': '#fcf1e1',
    green: '#1d7044',
    'green-soft': '#e5f4ec',
    'code-word': '#2050ad',
    'code-text': '#0b6a73',
    'code-number': '#6b42a5',
    'code-call': '#7a4a12',
    shadow: '0 8px 28px rgba(20, 32, 50, 0.14)',
  },
  dark: {
    ground: '#0e1115',
    surface: '#161a20',
    raised: '#1c2128',
    sunken: '#11151a',
    hover: '#1d232b',
    line: '#282f38',
    'line-strong': '#3d4754',
    text: '#e4e8ee',
    muted: '#a7b1be',
    faint: '#939eac',
    accent: '#3d6fd6',
    'accent-text': '#8db2ff',
    'accent-soft': '#1a2740',
    red: '#ff8d83',
    'red-soft': '#371d1c',
    orange: '#efb15d',
    'orange-soft': '#33260f',
    green: '#72d09a',
    'green-soft': '#142d1f',
    'code-word': '#8db2ff',
    'code-text': '#4fc3d0',
    'code-number': '#b799ee',
    'code-call': '#d6c48a',
    shadow: '0 8px 28px rgba(0, 0, 0, 0.5)',
  },
} as const;

export type Colour = keyof (typeof colours)['light'];

export function colour(scheme: Scheme, name: Colour): string {
  return colours[scheme][name];
}

const fonts =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';

const mono = 'ui-monospace, "SF Mono", "Cascadia Mono", Consolas, "Noto Sans Mono CJK SC", monospace';

/** Puts the colours on the root element, where the style sheets read them as var(--name). */
export function applyScheme(scheme: Scheme): void {
  const root = document.documentElement;
  root.dataset.theme = scheme;
  root.style.colorScheme = scheme;
  root.style.setProperty('--fonts', fonts);
  root.style.setProperty('--mono', mono);
  for (const [name, value] of Object.entries(colours[scheme])) root.style.setProperty(`--${name}`, value);
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', colours[scheme].ground);
}

/** antd in the same colours: compact on desks, comfortable where fingers touch. */
export function antdTheme(scheme: Scheme, touch: boolean): ThemeConfig {
  const c = colours[scheme];
  return {
    algorithm: scheme === 'dark' ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      colorPrimary: c.accent,
      colorInfo: c.accent,
      colorLink: c['accent-text'],
      colorError: c.red,
      colorWarning: c.orange,
      colorSuccess: c.green,
      colorText: c.text,
      colorTextSecondary: c.muted,
      colorTextTertiary: c.faint,
      colorTextPlaceholder: c.faint,
      colorBgBase: scheme === 'dark' ? c.surface : '#ffffff',
      colorBgContainer: c.surface,
      colorBgElevated: c.raised,
      colorBorder: c['line-strong'],
      colorBorderSecondary: c.line,
      fontFamily: fonts,
      fontSize: touch ? 16 : 13,
      controlHeight: touch ? 44 : 30,
      controlHeightSM: touch ? 36 : 24,
      controlHeightLG: touch ? 48 : 38,
      borderRadius: 5,
      borderRadiusLG: 7,
      borderRadiusSM: 4,
      motion: false,
      wireframe: false,
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 500 },
    },
  };
}
