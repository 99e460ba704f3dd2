import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {sinkIn} from '../attempts/sink.ts';

test('of an output that is shown in part the rest is said once to be left out, however it comes in pieces', t => {
	for (const sizes of [
		[10, 100, 10, 100],
		[100, 10, 10, 10],
		[51, 200, 1, 1],
	]) {
		const folder = mkdtempSync(join(tmpdir(), 'output-'));
		t.after(() => rmSync(folder, {recursive: true}));
		const sink = sinkIn(folder);
		const output = sink.output(false);
		let said = 0;
		output.showOnly(
			50,
			() => true,
			() => said++,
		);
		for (const size of sizes) output.stream.emit('data', Buffer.alloc(size, 'x'));
		output.started();
		output.stop();
		assert.equal(said, 1, sizes.join());
		assert.ok(sink.text().length > 50 && sink.text().length < sizes.reduce((all, one) => all + one), sizes.join());
	}
});
