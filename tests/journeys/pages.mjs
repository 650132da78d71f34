// Every page of the map, at a desk and on a phone, in both themes and three languages: pictures and axe.
const paths = ['/', '/inbox', '/incidents', '/report', '/messages', '/systems', '/systems/new', '/systems/import', '/people', '/people/new', '/units', '/units/new', '/duties', '/duties?tab=calendar', '/on-call', '/on-call?span=week', '/monitor/boards', '/monitor/alerts', '/monitor/explore',
  '/monitor/rules', '/monitor/rules/new', '/monitor/targets', '/monitor/logs', '/availability', '/silences', '/silences/new', '/maintenance_windows', '/maintenance_windows/new', '/maintenance_windows/calendar', '/clauses', '/ledger', '/admin/processes', '/admin/processes/running', '/admin/processes/running?tab=calls', '/admin/processes/running?tab=batches', '/settings', '/docs', '/no-such-page'];
const name = (path) => path.slice(1).replace(/\W+/g, '-') || 'my-day';

/** Looks are pairs of language and theme, kept where the product keeps them. */
export async function everyPage(seat, label, looks) {
  for (const [language, theme] of looks) {
    await seat.page.evaluate(
      (chosen) => Object.entries(chosen).forEach(([key, value]) => localStorage.setItem(`yunzhi.${key}`, JSON.stringify(value))),
      { language, theme },
    );
    for (const path of paths) {
      await seat.go(path);
      await seat.look(`page-${label}-${language}-${theme}-${name(path)}`);
    }
  }
}
