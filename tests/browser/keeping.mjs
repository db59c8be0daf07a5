// Nothing typed is lost: two devices, two tabs, a network that is cut, a session that ends, a browser that is killed. With scripts; the
// server's own part (conflicts, forms given back) is told without them in the other journeys.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { chromium } from 'playwright-core';

import { ADDRESSES, APPLICANT, BUTTONS, CLAMART } from './words.mjs';

const SAVED = /^Enregistré à/;

/** A browser with a memory on disk, which can be killed and opened again. */
async function openDevice(program, memory) {
  const flags = ['--headless=new', '--no-first-run', '--remote-debugging-port=0', '--disable-background-networking', `--user-data-dir=${memory}`];
  if (process.getuid() === 0) flags.push('--no-sandbox');
  const running = spawn(program, [...flags, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const address = await new Promise((found, failed) => {
    let said = '';
    running.stderr.on('data', (words) => {
      said += words;
      const [, at] = said.match(/DevTools listening on (ws:\S+)/) ?? [];
      if (at) found(at);
    });
    running.once('exit', () => failed(new Error(`Chromium ended: ${said}`)));
  });
  const browser = await chromium.connectOverCDP(address);
  const ended = new Promise((gone) => running.once('exit', gone));
  return {
    context: browser.contexts()[0],
    async kill() {
      running.kill('SIGKILL');
      await ended;
    },
  };
}

/** The step's fields as a person fills them: what is typed, where. */
class Filling {
  constructor(context, url) {
    Object.assign(this, { context, url });
  }

  async open(path) {
    this.page ??= await this.context.newPage();
    this.page.setDefaultTimeout(20_000);
    await this.page.goto(`${this.url}${path}`);
  }

  async signIn(page = this.page) {
    if (new URL(page.url()).pathname !== ADDRESSES.signIn) await page.goto(`${this.url}${ADDRESSES.signIn}`);
    await page.getByLabel('Adresse électronique').first().fill(APPLICANT);
    await page.getByLabel('Mot de passe').first().fill('demo-franceconnect-2026');
    await page.getByRole('main').getByRole('button', { name: BUTTONS.signIn, exact: true }).click();
    await page.waitForURL((address) => address.pathname !== ADDRESSES.signIn);
  }

  type(name, value) {
    return this.page.locator(`[name="${name}"]`).fill(value);
  }

  value(name) {
    return this.page.locator(`[name="${name}"]`).inputValue();
  }

  async isSaved(revision) {
    await this.page.waitForFunction((revision) => Number(document.querySelector('[name=revision]').value) >= revision, revision);
    await this.page.locator('#enregistrement').filter({ hasText: SAVED }).waitFor();
  }

  reads(words) {
    return this.page.locator('#liaison').getByText(words).waitFor();
  }
}

/** `second` signs in whoever fills the demande on the other device: the applicant again, or a colleague once one may. */
export function keeping(arrives, house, second = (filling) => filling.signIn()) {
  it('a demande filled on two devices, through cuts, an ended session and a crash, misses nothing', { timeout: 180_000 }, async () => {
    const { url } = house.desk;
    const applicant = await arrives();
    await applicant.signsIn(APPLICANT);
    const number = await applicant.startsADemande(CLAMART);
    await applicant.leaves();
    const path = `${ADDRESSES.demandes}/${number}`;
    const expected = {
      service: {
        service_name: 'Portail familles de Clamart',
        service_description: 'Inscrire les enfants à la cantine.\nEt au centre de loisirs, « sans papier ».',
        service_url: 'https://familles.clamart.example',
        yearly_volume: '12 000',
      },
      traitement: { recipients: 'Le service scolaire, puis l’hébergeur.', retention_months: '12' },
    };
    const memory = await mkdtemp(join(tmpdir(), 'device-'));
    const program = process.env.CHROMIUM ?? '/usr/bin/chromium';
    let device = await openDevice(program, memory);
    const office = await house.browser.newContext();
    try {
      const one = new Filling(device.context, url);
      await one.open(ADDRESSES.signIn);
      await one.signIn();

      // The network is cut while typing: said, kept, sent when it is back.
      await one.open(`${path}/service`);
      await one.type('service_name', expected.service.service_name);
      await one.isSaved(1);
      await device.context.setOffline(true);
      await one.type('service_description', expected.service.service_description);
      await one.reads(/Pas de liaison/);
      await device.context.setOffline(false);
      await one.reads(/De nouveau en ligne/);
      await one.isSaved(2);

      // Cut a second time, and « Enregistrer » pressed meanwhile: the page stays, with its text.
      await device.context.setOffline(true);
      await one.type('service_url', expected.service.service_url);
      await one.page.getByRole('button', { name: BUTTONS.save, exact: true }).click();
      await one.reads(/Pas de liaison/);
      assert.equal(await one.value('service_url'), expected.service.service_url);
      await device.context.setOffline(false);
      await one.isSaved(3);

      // Somebody fills another step on another device.
      const two = new Filling(office, url);
      await two.open(ADDRESSES.signIn);
      await second(two);
      await two.open(`${path}/traitement`);
      await two.type('recipients', 'Le service scolaire.');
      await two.isSaved(1);
      // Both open the same step: the first to type is saved, the second is told, compares, and chooses.
      const stale = new Filling(device.context, url);
      await stale.open(`${path}/traitement`);
      await two.type('retention_months', '12');
      await two.isSaved(2);
      await stale.type('recipients', expected.traitement.recipients);
      await stale.reads(/enregistrée ailleurs/);
      await stale.page.getByRole('button', { name: BUTTONS.save, exact: true }).click();
      await stale.page.getByRole('heading', { name: 'Deux textes à comparer' }).waitFor();
      await stale.page.locator('#recipients').check({ force: true });
      await stale.page.locator('#retention_months-enregistre').check({ force: true });
      await stale.page.getByRole('button', { name: 'Enregistrer ces choix' }).click();
      // The comparison has the address of the step: only its heading tells them apart.
      await stale.page.getByRole('heading', { name: 'Deux textes à comparer' }).waitFor({ state: 'detached' });
      for (const [name, value] of Object.entries(expected.traitement)) assert.equal(await stale.value(name), value, name);
      await stale.page.close();

      // The session ends in mid-form: the text stays, the page goes on once somebody signed in, in another tab.
      const cookies = await device.context.cookies();
      await device.context.clearCookies();
      assert.ok(cookies.some((cookie) => cookie.name === 'session'));
      await one.type('yearly_volume', '12');
      await one.reads(/Votre session a expiré/);
      const tab = await device.context.newPage();
      await tab.goto(`${url}${ADDRESSES.signIn}`);
      await one.signIn(tab);
      await tab.close();
      await one.page.bringToFront();
      await one.isSaved(4);

      // Cut a third time, and the browser is killed before it can send anything.
      await device.context.setOffline(true);
      await one.type('yearly_volume', expected.service.yearly_volume);
      await one.reads(/Pas de liaison/);
      await device.kill();
      device = await openDevice(program, memory);
      const again = new Filling(device.context, url);
      // Killed, it may or may not have written down who was signed in.
      await again.open(`${path}/service`);
      if (new URL(again.page.url()).pathname === ADDRESSES.signIn) {
        await again.signIn();
        await again.open(`${path}/service`);
      }
      assert.equal(await again.value('yearly_volume'), expected.service.yearly_volume);
      await again.isSaved(5);

      // What the desk has, on a device that kept nothing.
      for (const [step, fields] of Object.entries(expected)) {
        await two.open(`${path}/${step}`);
        for (const [name, value] of Object.entries(fields)) assert.equal(await two.value(name), value, name);
      }
      const putBy = await again.page.evaluate(() => new Promise((done) => {
        indexedDB.open('brouillons').onsuccess = ({ target }) => {
          target.result.transaction('textes').objectStore('textes').count().onsuccess = (counted) => done(counted.target.result);
        };
      }));
      assert.equal(putBy, 0, 'what is saved is kept nowhere else');
    } finally {
      await device.kill();
      await office.close();
      await rm(memory, { recursive: true, force: true, maxRetries: 5 });
    }
  });

  it('leaving with unsaved text is asked twice, and not once it is saved', async () => {
    const applicant = await arrives();
    await applicant.signsIn(APPLICANT);
    const number = await applicant.startsADemande(CLAMART);
    const { page } = applicant;
    const asked = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      dialog.dismiss().catch(() => {});
    });
    await page.locator('[name=service_name]').pressSequentially('Portail');
    await page.evaluate(() => { location.href = '/demandes'; });
    await page.waitForTimeout(500);
    assert.deepEqual(asked, ['beforeunload']);
    assert.equal(new URL(page.url()).pathname, `/demandes/${number}/service`);
    await page.locator('#enregistrement').filter({ hasText: SAVED }).waitFor();
    await applicant.opens(ADDRESSES.demandes);
    assert.deepEqual(asked, ['beforeunload']);
    await applicant.leaves();
  });
}

