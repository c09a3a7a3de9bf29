import type { NewGroup } from './users.ts';

/** The groups that the shipped packs name as candidates. */
export const STANDARD_GROUPS: readonly NewGroup[] = [
  { groupId: 'analysts', name: { ru: 'Аналитики', en: 'Analysts' } },
  { groupId: 'dispatchers', name: { ru: 'Диспетчеры', en: 'Dispatchers' } },
  { groupId: 'claims-head', name: { ru: 'Руководство отдела рекламаций', en: 'Head of claims' } },
  { groupId: 'warehouse', name: { ru: 'Склад', en: 'Warehouse' } },
  { groupId: 'logistics', name: { ru: 'Логистика', en: 'Logistics' } },
  { groupId: 'production', name: { ru: 'Производство', en: 'Production' } },
  { groupId: 'consultation', name: { ru: 'Консультация', en: 'Consultation' } },
  // Contractors: a group is an organisation.
  { groupId: 'asc-moscow', name: { ru: 'АСЦ Москва, ООО «Пример-Сервис»', en: 'Service centre Moscow' } },
  { groupId: 'asc-tula', name: { ru: 'АСЦ Тула, ООО «Пример-Сервис»', en: 'Service centre Tula' } },
];
