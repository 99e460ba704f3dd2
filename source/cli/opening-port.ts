/* The first opening, as the screen gets it (port Opening). */
import {randomUUID} from 'node:crypto';
import {isRefusal} from '../cutover/decide/refusal.ts';
import type {Problem} from '../cutover/model/problem.ts';
import type {Opening} from '../cutover/ports.ts';
import {safe} from '../text/clean.ts';
import {instant, local} from '../text/time.ts';
import {notStarted} from './act.ts';
import {forScreen} from './acts.ts';
import type {Args} from './args.ts';
import {beginCutover, plannedFor} from './beginning.ts';
import {catalogOf, type Opened, openCutovers, openIn, withCatalog} from './compose.ts';
import {readFor} from './opening.ts';
import {whatWasRead} from './what-was-read.ts';
import {showZone} from './zone.ts';

/** Errors of the shape of a runbook, or of its map; with any other, adopting would not help. */
function isAdoptable(problems: readonly Problem[]): boolean {
	const errors = problems.filter(({severity}) => severity === 'error');
	return errors.length > 0 && errors.every(({code}) => /^(?:timeline|reading)-/.test(code));
}

/** `opened` receives the opened cutover, for closing it. */
export function opening(call: Args, file: string, opened: (cutover: Opened) => void): Opening {
	const read = readFor(call, file);
	const {runbook, source, problems, willRun, workspace} = read;
	showZone(call.io.env, runbook?.zone, runbook?.t0 ? instant(runbook.t0) : null);
	const {t0, ...named} = plannedFor(call, runbook);
	showZone(call.io.env, runbook?.zone, t0);
	return {
		path: read.file,
		// What the call says takes precedence over the settings; what is approved is `read`, as it was read.
		runbook: runbook === null ? null : {...runbook, ...named, t0: t0 === null ? null : local(t0)},
		source,
		problems,
		summary: whatWasRead(read, call.text('t0') === null ? null : t0).map(line => safe(line)),
		willRun,
		workspace,
		isAdoptable: runbook === null && read.seen !== null && isAdoptable(problems),
		isBegun: () =>
			withCatalog(call, async catalog => {
				const path = runbook?.path ?? null;
				return (await openCutovers(catalog)).some(each => each.runbook === path);
			}),
		async begin(form, by) {
			const begun = await openIn(await catalogOf(call), catalog =>
				beginCutover(call.io, catalog, read, {...form, commandId: randomUUID()}, by),
			);
			if (isRefusal(begun)) return begun;
			opened(begun);
			// It is begun: what cannot be started now is tried again each second.
			await notStarted(begun);
			return forScreen(call.io, begun);
		},
	};
}
