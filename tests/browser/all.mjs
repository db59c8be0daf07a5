// Every journey, twice: with scripts in a wide window, without them in a telephone's. Run by script/test; alone:
//   cargo build && node --test-reporter=spec tests/browser/all.mjs [--screens]
// --screens writes a picture of each page reached, at each width, to tests/browser/screens/.
import { after, describe } from 'node:test';
import { chromium } from 'playwright-core';

import { openDesk } from './desk.mjs';
import { journeys } from './journeys.mjs';
import { mistakes } from './mistakes.mjs';
import { pages } from './pages.mjs';

const desk = await openDesk();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  chromiumSandbox: process.getuid() !== 0, // Chromium has none for root
  // It speaks to the desk and to nobody else.
  args: ['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'],
});
after(async () => {
  await browser.close();
  await desk.close();
});

for (const javascript of [true, false]) {
  describe(javascript ? 'with scripts' : 'without scripts', () => {
    pages({ browser, desk, javascript });
    mistakes({ browser, desk, javascript });
    journeys({ browser, desk, javascript });
  });
}
