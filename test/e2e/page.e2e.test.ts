/** The whole way round, seen in a browser: Twenty's database → SharePoint's page → Twenty's database. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { BrowserContext } from 'playwright-core';
import { openCrm } from '../support/crm.ts';
import { unique } from '../support/record-cases.ts';
import { rowWith } from '../support/row-with.ts';
import { stackVariable } from '../support/stack.ts';
import { CURRENT } from '../support/workspaces.ts';

jest.setTimeout(90_000);
const SCREENSHOTS = join(process.cwd(), 'build/screenshots');
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const crm = openCrm();
const profile = mkdtempSync(join(tmpdir(), 'page-'));
let browser: BrowserContext;
beforeAll(async () => {
  mkdirSync(SCREENSHOTS, { recursive: true });
  browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env['SYNC_CHROMIUM'] ?? '/usr/bin/chromium',
    args: QUIET,
    viewport: { width: 1440, height: 900 },
  });
});
afterAll(async () => {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
  await crm.close();
});

test('a company made in Twenty appears in the list, is edited there, and the edit is in PostgreSQL', async () => {
  const page = browser.pages()[0] ?? (await browser.newPage());
  await page.goto(stackVariable('SYNC_SIMULATOR_URL'));
  await page.getByTestId('site-crm').getByTestId('list-Companies').click();
  const name = `Lantern ${unique()}`;
  await page.getByTestId('search').fill(name);

  const id = await crm.create(CURRENT, 'company', { name, employees: 8, addressAddressCity: 'Grünhafen' });
  const row = page.getByTestId('items').locator('tbody tr').filter({ hasText: name });
  await row.waitFor();
  await row.getByRole('button', { name: 'Edit' }).click();
  await page.getByTestId('field-Employees').fill('88');
  await page.screenshot({ path: join(SCREENSHOTS, 'page-edit.png') });
  await page.getByTestId('save').click();

  await rowWith(crm, { workspace: CURRENT, object: 'company', id }, { name, employees: 88 });
  await row.filter({ hasText: '88' }).waitFor();
  await page.getByTestId('search').fill('');
  await page.screenshot({ path: join(SCREENSHOTS, 'page.png') });
  await crm.destroy(CURRENT, 'company', id);
  await row.waitFor({ state: 'detached' });
});
