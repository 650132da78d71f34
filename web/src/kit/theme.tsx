// Light or dark, and narrow or wide: chosen by the person, else by the device.
import { ConfigProvider } from 'antd';
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { keep, kept } from './keep';
import { antdTheme, applyScheme, type Scheme } from './tokens';

interface Theme {
  scheme: Scheme;
  toggle: () => void;
  phone: boolean;
}

const ThemeContext = createContext<Theme>({ scheme: 'light', toggle: () => undefined, phone: false });

export const useTheme = () => useContext(ThemeContext);

/** True while the media query matches. */
export function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => window.matchMedia(query).matches);
  useEffect(() => {
    const list = window.matchMedia(query);
    const follow = () => setMatches(list.matches);
    follow();
    list.addEventListener('change', follow);
    return () => list.removeEventListener('change', follow);
  }, [query]);
  return matches;
}

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

export function ThemeProvider({ children }: { children: ReactNode }) {
  const deviceDark = useMedia('(prefers-color-scheme: dark)');
  const phone = useMedia('(max-width: 719px)');
  const [chosen, setChosen] = useState<Scheme | null>(() => kept<Scheme | null>('theme', null));
  const scheme: Scheme = chosen ?? (deviceDark ? 'dark' : 'light');
  useEffect(() => applyScheme(scheme), [scheme]);
  const theme = useMemo(
    () => ({
      scheme,
      phone,
      toggle: () => {
        const next: Scheme = scheme === 'dark' ? 'light' : 'dark';
        keep('theme', next);
        setChosen(next);
      },
    }),
    [scheme, phone],
  );
  const look = useMemo(() => antdTheme(scheme, phone), [scheme, phone]);
  return (
    <ThemeContext value={theme}>
      <ConfigProvider
        theme={look}
        csp={{ nonce }}
        button={{ autoInsertSpace: false }}
        wave={{ disabled: true }}
      >
        {children}
      </ConfigProvider>
    </ThemeContext>
  );
}

/** Dark whatever was chosen, as long as it is shown: for wall screens. */
export function Dark({ children }: { children: ReactNode }) {
  const outside = useTheme();
  useEffect(() => {
    applyScheme('dark');
    return () => applyScheme(outside.scheme);
  }, [outside.scheme]);
  const theme = useMemo<Theme>(() => ({ ...outside, scheme: 'dark' }), [outside]);
  const look = useMemo(() => antdTheme('dark', outside.phone), [outside.phone]);
  return (
    <ThemeContext value={theme}>
      <ConfigProvider theme={look}>{children}</ConfigProvider>
    </ThemeContext>
  );
}
