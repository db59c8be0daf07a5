// The assessment of an experiment: what everybody reads, and how those who answer for the campaign make it.
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { followsMistake, goesTo, movesSideways, opensWith, tabs, tabsTo, unreachable, writes } from './keys.mjs';
import { ADDRESSES, ASSESSMENT, PANEL, PROGRAMME, REVIEWER } from './words.mjs';

const NARROWEST = { width: 320, height: 640 };

export function assessment(arrives) {
  it('everybody reads the assessment, its charts, their tables and its files, on the narrowest screen too', async () => {
    const visitor = await arrives();
    await visitor.opens(ADDRESSES.assessment);
    await visitor.readsTitle(ASSESSMENT.title);
    assert.ok(await visitor.main.getByRole('img', { name: ASSESSMENT.chart }).isVisible(), 'the curves');
    for (const table of ASSESSMENT.tables) assert.ok((await visitor.main.getByRole('table', { name: table }).count()) > 0, table);
    for (const { file, begins } of ASSESSMENT.files) {
      const answer = await visitor.page.request.get(await visitor.main.getByRole('link', { name: file }).getAttribute('href'));
      assert.equal(answer.status(), 200, `${file}`);
      assert.ok((await answer.body()).subarray(0, 5).toString('utf8').startsWith(begins), `${file}`);
    }
    await visitor.page.setViewportSize(NARROWEST);
    await visitor.opens(ADDRESSES.assessment);
    const overflow = await visitor.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(overflow <= 0, `${overflow} px too wide at 320`);
    await visitor.leaves();
  });

  it('who answers for the campaign writes, quotes, reads again and publishes another edition', async () => {
    const manager = await arrives();
    await manager.signsIn(PROGRAMME);
    await manager.opens(ADDRESSES.workshop);
    await manager.types({ [ASSESSMENT.introduction]: 'Une introduction revue.', [ASSESSMENT.conclusion]: 'Une conclusion revue.' });
    await manager.presses(ASSESSMENT.save);
    await manager.page.getByText(ASSESSMENT.saved).first().waitFor();

    await manager.follows(ASSESSMENT.toWords);
    await manager.follows(ASSESSMENT.toChoose);
    await manager.types({ [ASSESSMENT.passage]: 'Ce que personne n’a écrit.' });
    await manager.presses(ASSESSMENT.choose);
    await manager.isToldMistakes(3);
    await manager.types({ [ASSESSMENT.passage]: ASSESSMENT.said });
    await manager.chooses(ASSESSMENT.tag);
    await manager.chooses(ASSESSMENT.checked);
    await manager.presses(ASSESSMENT.choose);
    await manager.page.getByText(ASSESSMENT.chosen).first().waitFor();

    await manager.follows(ASSESSMENT.toPreview);
    await manager.presses(ASSESSMENT.publish);
    await manager.isToldMistakes(1);
    await manager.types({ [ASSESSMENT.reason]: 'Un extrait de plus.' });
    await manager.presses(ASSESSMENT.publish);
    await manager.reads('Une introduction revue.');
    await manager.reads('Un extrait de plus.');
    await manager.follows(ASSESSMENT.first);
    await manager.reads(ASSESSMENT.notLast);
    await manager.leaves();
  });

  it('who answers for the campaign makes another edition with the keyboard alone, a mistake on the way', async () => {
    const manager = await arrives();
    const { page, main } = manager;
    const link = (name) => main.getByRole('link', { name }).first();
    const button = (name) => main.getByRole('button', { name });
    await manager.signsIn(PROGRAMME);
    await manager.opens(ADDRESSES.home);
    const campaigns = page.getByRole('link', { name: ASSESSMENT.campaigns, exact: true });
    if (!(await campaigns.isVisible())) {
      await tabsTo(manager, page.getByRole('button', { name: 'Menu', exact: true }));
      await page.keyboard.press('Enter');
    }
    await opensWith(manager, 'Enter', campaigns);
    await opensWith(manager, 'Enter', link(ASSESSMENT.campaign));
    await opensWith(manager, 'Enter', link(ASSESSMENT.toWorkshop));
    assert.equal(new URL(page.url()).pathname, ADDRESSES.workshop);
    await writes(manager, manager.field(ASSESSMENT.introduction), 'Une introduction écrite sans souris.');
    await writes(manager, manager.field(ASSESSMENT.conclusion), 'Une conclusion écrite sans souris.');
    await opensWith(manager, 'Enter', button(ASSESSMENT.save));

    await opensWith(manager, 'Enter', link(ASSESSMENT.toWords));
    await opensWith(manager, 'Enter', link(ASSESSMENT.toChoose));
    const passage = manager.field(ASSESSMENT.passage);
    await writes(manager, passage, 'Ce que personne n’a écrit.');
    await opensWith(manager, 'Space', button(ASSESSMENT.choose));
    await followsMistake(manager, passage);
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(ASSESSMENT.saidToo);
    for (const box of [manager.field(ASSESSMENT.tag), manager.field(ASSESSMENT.checked)]) {
      await tabsTo(manager, box);
      await page.keyboard.press('Space');
      assert.ok(await box.isChecked());
    }
    await opensWith(manager, 'Enter', button(ASSESSMENT.choose));
    await manager.reads(ASSESSMENT.saidToo);

    await opensWith(manager, 'Enter', link(ASSESSMENT.toPreview));
    await goesTo(manager, link(ASSESSMENT.toPublish));
    await page.keyboard.press('Shift+Tab');
    await opensWith(manager, 'Enter', button(ASSESSMENT.publish));
    await followsMistake(manager, manager.field(ASSESSMENT.reason));
    await page.keyboard.insertText('Relu sans souris.');
    await opensWith(manager, 'Space', button(ASSESSMENT.publish));
    await manager.reads('Une conclusion écrite sans souris.');
    await manager.reads('Relu sans souris.');
    await manager.leaves();
  });

  it('the assessment and the panel are read with the keyboard alone, to the end of their widest tables', async () => {
    const reader = await arrives();
    const { page, main } = reader;
    const table = (name) => main.getByRole('table', { name });
    for (const width of [page.viewportSize().width, NARROWEST.width]) {
      await page.setViewportSize({ ...NARROWEST, width });
      await reader.opens(ADDRESSES.assessment);
      assert.deepEqual(await unreachable(reader), []);
      await goesTo(reader, main.getByRole('link', { name: ASSESSMENT.partOfPage }));
      await reader.opens(ADDRESSES.assessment);
      const moved = [];
      for (const name of ASSESSMENT.tables) moved.push(await movesSideways(reader, table(name).first()));
      if (width === NARROWEST.width) assert.ok(moved.includes(true), 'no table is wider than the narrowest screen');
      for (const { file } of ASSESSMENT.files) await tabsTo(reader, main.getByRole('link', { name: file }));
    }

    await reader.signsIn(REVIEWER);
    for (const width of [NARROWEST.width, 1280]) {
      await page.setViewportSize({ ...NARROWEST, width });
      await reader.opens(PANEL.address);
      assert.deepEqual(await unreachable(reader), []);
      for (const part of PANEL.parts) await goesTo(reader, main.getByRole('navigation', { name: PANEL.inPage }).getByRole('link', { name: part }));
      await reader.opens(PANEL.address);
      await movesSideways(reader, table(PANEL.bySector));
      await tabsTo(reader, PANEL.figures);
      await page.keyboard.press('Enter');
      assert.deepEqual(await unreachable(reader), []);
      await movesSideways(reader, table(PANEL.arrivals));
      await tabs(reader);
    }
    await reader.leaves();
  });
}
