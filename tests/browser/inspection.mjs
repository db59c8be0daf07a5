// What every page of every journey must be, whoever looks at it: said once here, checked each time a page is reached.
import { mkdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
const COLOURS = { type: 'rule', values: ['color-contrast'] };
const SCREENS = process.argv.includes('--screens') ? fileURLToPath(new URL('screens/', import.meta.url)) : null;

/** How a page is looked at, when it is reached. In the dark, only its colours are others. */
const VIEWS = [
  { name: '1280', width: 1280, colorScheme: 'light', rules: RULES },
  { name: '320', width: 320, colorScheme: 'light', rules: RULES },
  { name: '1280-dark', width: 1280, colorScheme: 'dark', rules: COLOURS },
];

let pictures = 0;
if (SCREENS) await rm(SCREENS, { recursive: true, force: true });

/** What has been seen at a desk: pages already looked at, and title → address, for two pages with one title cannot be told apart. */
export function nothingSeen() {
  return { pages: new Set(), titles: new Map() };
}

/** Watches a person's browser and notes, in `findings`, everything that no page of ours may do. */
export class Inspector {
  findings = [];
  #page;
  #javascript;
  #seen;
  #status;

  /** `seen` is shared by everybody at one desk, see {@link nothingSeen}. */
  constructor(page, { javascript, seen }) {
    this.#page = page;
    this.#javascript = javascript;
    this.#seen = seen;
    page.on('pageerror', (error) => this.#note(`script error: ${error.message}`));
    page.on('console', (message) => this.#hear(message));
    page.on('requestfailed', (request) => this.#note(`${request.url()} failed: ${request.failure()?.errorText}`));
    page.on('response', (response) => this.#receive(response));
  }

  /** Looks at the page that has just been reached. */
  async look() {
    const page = this.#page;
    const before = page.viewportSize();
    await this.#readTitle();
    await this.#countHeadings();
    const content = await page.content();
    const isNew = !this.#seen.pages.has(content);
    this.#seen.pages.add(content);
    if (isNew) for (const view of VIEWS) await this.#view(view);
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.setViewportSize(before);
  }

  async #view(view) {
    const page = this.#page;
    await page.emulateMedia({ colorScheme: view.colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width: view.width, height: 900 });
    // As high as the page: a bar that stays at the bottom of the window covers what one has not scrolled to yet, which is no fault.
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width: view.width, height: Math.min(Math.max(height, 900), 12_000) });
    // Colours on their way from one scheme to the other are nobody's.
    await page.evaluate(() => {
      const isFinite = (animation) => animation.effect.getComputedTiming().endTime !== Infinity;
      document.getAnimations().filter(isFinite).forEach((animation) => animation.finish());
    });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (overflow > 0) this.#note(`scrolls sideways by ${overflow} px at ${view.width} px`);
    if (SCREENS) await this.#picture(view);
    if (this.#javascript) await this.#audit(view); // axe needs scripts; without them the pages are the same
  }

  async #audit(view) {
    const page = this.#page;
    await page.evaluate(AXE); // from outside the page, so its content security policy stands as it is
    const { violations } = await page.evaluate((runOnly) => axe.run({ runOnly, resultTypes: ['violations'] }), view.rules);
    for (const { id, help, nodes } of violations) {
      const where = nodes.map((node) => `${node.target.join(' ')} (${node.any[0]?.message ?? node.all[0]?.message ?? ''})`);
      this.#note(`axe ${id} at ${view.name}: ${help}\n      ${where.slice(0, 5).join('\n      ')}`);
    }
  }

  async #picture(view) {
    await mkdir(SCREENS, { recursive: true });
    if (view === VIEWS[0]) pictures += 1;
    const address = new URL(this.#page.url()).pathname.replaceAll('/', '_').slice(1, 60) || 'accueil';
    const file = `${SCREENS}${String(pictures).padStart(3, '0')}-${address}-${view.name}.png`;
    await this.#page.screenshot({ path: file, fullPage: true, animations: 'disabled' });
  }

  async #readTitle() {
    const title = await this.#page.title();
    const address = new URL(this.#page.url()).pathname;
    if (!title) return this.#note('has no title');
    // A letter is named by its subject, and a page that cannot be shown by what happened: either may be met twice.
    if (/^\/demo\/courriels\/./.test(address) || (this.#status >= 400 && this.#status !== 422)) return;
    const place = address.replace(/\/(?=[\w-]*\d)[\w-]{20,}(?=\/|$)/g, '/…'); // a link's secret is not another page
    const other = this.#seen.titles.get(title) ?? place;
    this.#seen.titles.set(title, other);
    if (other !== place) this.#note(`has the title of ${other}: ${title}`);
  }

  async #countHeadings() {
    const headings = await this.#page.locator('h1').count();
    if (headings !== 1) this.#note(`has ${headings} h1`);
  }

  #hear(message) {
    // A page that answers 404 or 422 is announced like a missing file: #receive knows which is which.
    if (message.text().startsWith('Failed to load resource')) return;
    if (['error', 'warning'].includes(message.type())) this.#note(`console: ${message.text()}`);
  }

  #receive(response) {
    const isPage = response.request().isNavigationRequest();
    const status = response.status();
    if (isPage) this.#status = status;
    if (status >= 500 || (status >= 400 && !isPage)) this.#note(`${response.url()} answered ${status}`);
    const home = new URL(this.#page.url()).origin;
    if (home !== 'null' && new URL(response.url()).origin !== home) this.#note(`asks ${response.url()}, which is not ours`);
  }

  #note(finding) {
    const address = this.#page.url().replace(/^https?:\/\/[^/]+/, '');
    const line = `${address}: ${finding}`;
    if (!this.findings.includes(line)) this.findings.push(line);
  }
}
