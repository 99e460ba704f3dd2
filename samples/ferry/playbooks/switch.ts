/*
T0: the router names green, and green answers at the front door. Each step is journaled; after a loss the attempt goes on
at the first one that is not done.
*/
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Playbook} from 'cutover-tui/playbook';
import {$, retry} from 'zx';

const switchToGreen: Playbook = async ({step, attach, say, signal, values}) => {
	const runtime = (name: string) => readFileSync(join(values.workspace, 'runtime', name), 'utf8').trim();

	/** What a path of the service answers; throws where it is not well. */
	const ask = async (path: string) => {
		const answer = await fetch(`${runtime('url')}${path}`, {signal});
		const body = (await answer.json()) as {status: string; version: string; why?: string};
		if (!answer.ok) throw new Error(`${path} answers ${answer.status}: ${body.why}`);
		return body;
	};

	await step('green is healthy in its own slot', () => ask('/green/health'));

	await step('keep what the front door said before', async () => {
		const before = await ask('/health');
		await attach('front-door-before.json', `${JSON.stringify(before)}\n`);
		return before;
	});

	await step('point the router at green', () => $`bash deploy/scripts/point-router.sh green`, {
		done: () => runtime('router.conf') === 'live=green',
	});

	const after = await step('green answers at the front door', () =>
		retry(10, '300ms', async () => {
			const health = await ask('/health');
			if (health.version !== 'green') throw new Error(`The front door still says ${health.version}.`);
			return health;
		}),
	);

	await step('keep what the front door says now', () => attach('front-door-after.json', `${JSON.stringify(after)}\n`));
	say('green is live');
};

export default switchToGreen;
