// The assessment of an experiment: what everybody reads, and how those who answer for the campaign make it.
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { ADDRESSES, ASSESSMENT, PROGRAMME } from './words.mjs';

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
}
