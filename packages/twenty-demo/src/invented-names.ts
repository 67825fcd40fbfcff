/** Names made up for the demo; none is meant to be a real company or person. */
export const COMPANY_NAMES = [
  'Alder & Finch Tools',
  'Brindlewick Dairy',
  'Cobalt Heron Optics',
  'Dunmarrow Freight',
  'Elderglass Studios',
  'Fernhollow Paper',
  'Gantry & Quill',
  'Hartsmoor Ceramics',
  'Ivoryport Shipping',
  'Juniper Loom Works',
  'Kestrelbrook Energy',
  'Lanternfield Press',
] as const;

export const FIRST_NAMES = [
  'Adaire',
  'Benno',
  'Corisande',
  'Dorrit',
  'Eskil',
  'Fenna',
  'Gaspard',
  'Hedda',
  'Ismene',
  'Jorun',
] as const;

export const LAST_NAMES = [
  'Ashgrove',
  'Birkmoor',
  'Castellane-Roe',
  'Drumlin',
  'Everwood',
  'Fjellby',
  'Greywater',
  'Holloway-Penn',
  'Isenmark',
  'Jarrowby',
] as const;

export const JOB_TITLES = ['Buyer', 'Head of Workshop', 'Plant Manager', 'Bookkeeper', 'Designer'] as const;
export const CITIES = ['Marrowby', 'Saltmere', 'Thornwick', 'Greyhaven'] as const;
export const PROJECTS = ['Spring catalogue', 'Warehouse refit', 'Pilot order', 'Yearly supply'] as const;
export const STAGES = ['NEW', 'SCREENING', 'MEETING', 'PROPOSAL', 'CUSTOMER'] as const;

/** 'Alder & Finch Tools' → 'alder-finch-tools.example'. */
export function domainOf(companyName: string): string {
  return `${companyName
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, '-')
    .replaceAll(/^-|-$/g, '')}.example`;
}
