// Who I am here, and how I like it: language, theme, own settings, leaving.
import {
  BulbOutlined,
  GlobalOutlined,
  LogoutOutlined,
  SettingOutlined,
  UserOutlined,
} from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSession, useSessionActions } from '@/api/session';
import { useTheme } from '@/kit/theme';
import { chooseLanguage, languageNames, wordOr, type Language } from '@/kit/words';

export function LanguageButton({ onChoose }: { onChoose?: (language: Language) => void }) {
  const { t, i18n } = useTranslation();
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        selectable: true,
        selectedKeys: [i18n.language],
        items: Object.entries(languageNames).map(([key, label]) => ({ key, label })),
        onClick: ({ key }) => {
          void chooseLanguage(key as Language);
          onChoose?.(key as Language);
        },
      }}
    >
      <Button
        type="text"
        icon={<GlobalOutlined />}
        aria-label={t('shell.language')}
        title={t('shell.language')}
      />
    </Dropdown>
  );
}

export function ThemeButton() {
  const { t } = useTranslation();
  const { scheme, toggle } = useTheme();
  const label = t(scheme === 'dark' ? 'shell.to_light' : 'shell.to_dark');
  return <Button type="text" icon={<BulbOutlined />} aria-label={label} title={label} onClick={toggle} />;
}

export function PersonMenu() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { person } = useSession();
  const { signOut, speak } = useSessionActions();
  const { phone } = useTheme();
  const roles = person.roles.map((role) => wordOr(`role.${role}`, role)).join(t('kit.comma'));
  return (
    <>
      <LanguageButton onChoose={(language) => void speak(language)} />
      <ThemeButton />
      <Dropdown
        trigger={['click']}
        placement="bottomRight"
        menu={{
          items: [
            {
              key: 'who',
              disabled: true,
              label: (
                <span className="who">
                  <b>{person.name}</b>
                  <small>{roles}</small>
                </span>
              ),
            },
            { type: 'divider' },
            { key: 'settings', icon: <SettingOutlined />, label: t('shell.settings') },
            { key: 'leave', icon: <LogoutOutlined />, label: t('shell.sign_out') },
          ],
          onClick: ({ key }) => {
            if (key === 'settings') void navigate('/settings');
            if (key === 'leave') void signOut().then(() => navigate('/'));
          },
        }}
      >
        <Button type="text" icon={<UserOutlined />} aria-label={person.name}>
          {phone ? null : person.name}
        </Button>
      </Dropdown>
    </>
  );
}
