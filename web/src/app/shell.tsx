// The frame of every page: navigation, search, report, messages, language, theme.
import { Button } from 'antd';
import { FormOutlined, MenuOutlined } from '@ant-design/icons';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, Outlet, useLocation, useNavigate } from 'react-router';
import { useLiveEvents } from '@/api/events';
import { useNotifications } from '@/api/admin';
import { useMay, useSession } from '@/api/session';
import { useKeys } from '@/kit/keys';
import { useTheme } from '@/kit/theme';
import { Toasts } from '@/kit/toast';
import { followPerson, wordOr } from '@/kit/words';
import { Bell } from './bell';
import { KeyHelp } from './key_help';
import { map, phonePlaces, useOtherPlaces } from './map';
import { PersonMenu } from './person_menu';
import { Search } from './search';

const Wall = lazy(async () => ({ default: (await import('./wall')).Wall }));

function Navigation({ onChoose }: { onChoose?: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const { organisation, version } = useSession();
  const others = useOtherPlaces();
  const regions = map
    .map((region) => ({
      ...region,
      places: [...region.places, ...(region.word === 'shell.registers' ? others : [])].filter(
        (place) => !place.needs || place.needs.some(may),
      ),
    }))
    .filter((region) => region.places.length > 0);
  return (
    <nav className="nav" aria-label={t('shell.navigation')}>
      <Link to="/" className="brand" onClick={onChoose}>
        <img src="/icon.svg" alt="" width="26" height="26" />
        <span>
          <b>{t('shell.product')}</b>
          {organisation && <small>{organisation}</small>}
        </span>
      </Link>
      <div className="nav-scroll">
        {regions.map((region) => (
          <div key={region.word ?? ''} className="nav-region">
            {region.word && <h2>{t(region.word)}</h2>}
            {region.places.map((place) => (
              <NavLink
                key={place.path}
                to={place.path}
                end={place.path === '/'}
                className="nav-place"
                onClick={onChoose}
              >
                {place.icon}
                <span>{wordOr(place.word, place.path.slice(1))}</span>
              </NavLink>
            ))}
          </div>
        ))}
      </div>
      {version && <p className="nav-version figures">{t('shell.version', { version })}</p>}
    </nav>
  );
}

function PhoneBar() {
  const { t } = useTranslation();
  const unread = useNotifications(true).data?.items.length ?? 0;
  return (
    <nav className="phone-bar" aria-label={t('shell.phone_bar')}>
      {phonePlaces.map((place) => (
        <NavLink key={place.path} to={place.path} end={place.path === '/'}>
          {place.icon}
          <span>{t(place.word)}</span>
          {place.path === '/messages' && unread > 0 && (
            <i className="dot" aria-label={t('shell.unread', { n: unread })} />
          )}
        </NavLink>
      ))}
    </nav>
  );
}

export function Shell() {
  const { t } = useTranslation();
  const { phone } = useTheme();
  const { demo, person } = useSession();
  const may = useMay();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [menu, setMenu] = useState(false);
  useLiveEvents();
  useEffect(() => void followPerson(person.language), [person.language]);
  useKeys({ c: () => void navigate('/report') });
  const reports = may('incident.report');
  if (pathname === '/wall')
    return (
      <Suspense fallback={null}>
        <Wall />
      </Suspense>
    );
  if (pathname === '/monitor/wall') return <Outlet />;
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t('shell.skip')}
      </a>
      {!phone && <Navigation />}
      {phone && menu && (
        <div className="nav-sheet" onClick={() => setMenu(false)}>
          <Navigation onChoose={() => setMenu(false)} />
        </div>
      )}
      <div className="shell-main">
        {demo && (
          <p className="ribbon" role="note">
            {t('shell.demo')}
          </p>
        )}
        <header className="top">
          {phone && (
            <Button
              type="text"
              icon={<MenuOutlined />}
              aria-label={t('shell.navigation')}
              onClick={() => setMenu(true)}
            />
          )}
          <Search />
          <span className="grow" />
          {reports && !phone && pathname !== '/report' && (
            <Button type="primary" icon={<FormOutlined />} onClick={() => void navigate('/report')} title="c">
              {t('shell.report')}
            </Button>
          )}
          {!phone && <Bell />}
          <PersonMenu />
        </header>
        <main id="main" className="main" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      {phone && <PhoneBar />}
      <KeyHelp />
      <Toasts />
    </div>
  );
}
