// Every journey, twice: with scripts in a wide window, without them in a telephone's. Run by script/test; alone:
//   cargo build && node --test-reporter=spec tests/browser/all.mjs [--screens]
// --screens writes a picture of each page reached, at each width, to tests/browser/screens/.
import { after, before, describe } from 'node:test';
import { chromium } from 'playwright-core';

import { assessment } from './assessment.mjs';
import { charts } from './charts.mjs';
import { openDesk } from './desk.mjs';
import { effort } from './effort.mjs';
import { ends } from './ends.mjs';
import { nothingSeen } from './inspection.mjs';
import { journeys } from './journeys.mjs';
import { keeping } from './keeping.mjs';
import { keyboard } from './keyboard.mjs';
import { kinds } from './kinds.mjs';
import { mistakes } from './mistakes.mjs';
import { pages } from './pages.mjs';
import { Person } from './person.mjs';
import { places } from './places.mjs';
import { team } from './team.mjs';
import { together } from './together.mjs';
import { vendors } from './vendors.mjs';

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  chromiumSandbox: process.getuid() !== 0, // Chromium has none for root
  // It speaks to the desk and to nobody else.
  args: ['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'],
});
after(() => browser.close());

for (const javascript of [true, false]) {
  describe(javascript ? 'with scripts' : 'without scripts', () => {
    const house = { browser, javascript, seen: nothingSeen() };
    before(async () => {
      house.desk = await openDesk();
    });
    after(() => house.desk?.close());
    for (const stories of [pages, mistakes, team, kinds, journeys, together, vendors, ends, assessment, charts]) stories(() => Person.arrives(house));
    if (javascript) {
      for (const stories of [effort, keyboard]) stories(() => Person.arrives(house));
    }
    places(() => Person.arrives(house)); // takes the place that the panel’s stories look for
    if (javascript) keeping(() => Person.arrives(house), house);
  });
}
