// The map of the product: what stands in the navigation, and the permission that shows it.
import {
  AlertOutlined,
  ApiOutlined,
  ApartmentOutlined,
  AuditOutlined,
  CalendarOutlined,
  BellOutlined,
  BookOutlined,
  CloudServerOutlined,
  DashboardOutlined,
  DatabaseOutlined,
  FieldTimeOutlined,
  FileTextOutlined,
  FunctionOutlined,
  HomeOutlined,
  InboxOutlined,
  LineChartOutlined,
  MutedOutlined,
  NodeIndexOutlined,
  PauseCircleOutlined,
  PhoneOutlined,
  RadarChartOutlined,
  SafetyCertificateOutlined,
  TeamOutlined,
  ToolOutlined,
  UserSwitchOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useModules } from '@/api/records';

export interface Place {
  path: string;
  /** Word key. */
  word: string;
  icon: ReactNode;
  /** Any of these permissions shows the place; none means everybody. */
  needs?: string[];
}

export interface Region {
  word: string | null;
  places: Place[];
}

export const map: Region[] = [
  {
    word: null,
    places: [
      { path: '/', word: 'shell.my_day', icon: <HomeOutlined /> },
      { path: '/inbox', word: 'shell.inbox', icon: <InboxOutlined />, needs: ['task.read'] },
      { path: '/incidents', word: 'shell.incidents', icon: <ToolOutlined />, needs: ['incident.read'] },
      { path: '/duties', word: 'shell.duties', icon: <CalendarOutlined />, needs: ['duty.read'] },
      { path: '/on-call', word: 'shell.on_call', icon: <PhoneOutlined />, needs: ['duty.read'] },
    ],
  },
  {
    word: 'shell.monitoring',
    places: [
      { path: '/monitor/alerts', word: 'shell.alerts', icon: <AlertOutlined />, needs: ['alert.read'] },
      {
        path: '/monitor/boards',
        word: 'shell.boards',
        icon: <DashboardOutlined />,
        needs: ['monitor.query'],
      },
      {
        path: '/monitor/explore',
        word: 'shell.explore',
        icon: <LineChartOutlined />,
        needs: ['monitor.query'],
      },
      { path: '/monitor/rules', word: 'shell.rules', icon: <FunctionOutlined />, needs: ['monitor.query'] },
      {
        path: '/monitor/targets',
        word: 'shell.targets',
        icon: <RadarChartOutlined />,
        needs: ['monitor.query'],
      },
      {
        path: '/availability',
        word: 'shell.availability',
        icon: <FieldTimeOutlined />,
        needs: ['monitor.query'],
      },
      { path: '/monitor/logs', word: 'shell.logs', icon: <FileTextOutlined />, needs: ['monitor.query'] },
      {
        path: '/silences',
        word: 'silence.many',
        icon: <MutedOutlined />,
        needs: ['silence.read'],
      },
      {
        path: '/maintenance_windows',
        word: 'maintenance_window.many',
        icon: <PauseCircleOutlined />,
        needs: ['maintenance_window.read'],
      },
    ],
  },
  {
    word: 'shell.registers',
    places: [
      { path: '/systems', word: 'shell.systems', icon: <CloudServerOutlined />, needs: ['system.read'] },
      { path: '/people', word: 'shell.people', icon: <TeamOutlined />, needs: ['person.read'] },
      { path: '/units', word: 'shell.units', icon: <ApartmentOutlined />, needs: ['unit.read'] },
    ],
  },
  {
    word: 'shell.supervision',
    places: [
      {
        path: '/clauses',
        word: 'shell.clauses',
        icon: <SafetyCertificateOutlined />,
        needs: ['clause.read'],
      },
      { path: '/ledger', word: 'shell.ledger', icon: <AuditOutlined />, needs: ['ledger.read'] },
    ],
  },
  {
    word: 'shell.administration',
    places: [
      {
        path: '/admin/accounts',
        word: 'shell.accounts',
        icon: <UserSwitchOutlined />,
        needs: ['account.read'],
      },
      {
        path: '/admin/processes',
        word: 'shell.processes',
        icon: <NodeIndexOutlined />,
        needs: ['process.read'],
      },
      { path: '/docs', word: 'shell.docs', icon: <ApiOutlined /> },
    ],
  },
];

/** Registers whose families have no place of their own on the map. */
export function useOtherPlaces(): Place[] {
  const known = new Set(map.flatMap((region) => region.places.map((place) => place.path)));
  return (useModules().data ?? [])
    .filter((module) => !known.has(`/${module.plural}`) && module.kind !== 'alert')
    .map((module) => ({
      path: `/${module.plural}`,
      word: `${module.kind}.many`,
      icon: <DatabaseOutlined />,
      needs: [`${module.kind}.read`],
    }));
}

export const phonePlaces: Place[] = [
  { path: '/', word: 'shell.my_day', icon: <HomeOutlined /> },
  { path: '/report', word: 'shell.report_short', icon: <BookOutlined /> },
  { path: '/inbox', word: 'shell.inbox', icon: <InboxOutlined /> },
  { path: '/messages', word: 'shell.messages', icon: <BellOutlined /> },
];
