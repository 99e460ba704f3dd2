/*
Endpoints against themselves and against the triggers that watch them: what could never be distinguished, or never fire.
*/
import type {Trigger} from '../../cutover/model/runbook.ts';
import {durationText} from '../../text/time.ts';
import {endpointsIn, timeoutOf} from './monitoring.ts';
import type {Read} from './read.ts';

function checkEach({values, parsed, complain}: Read): void {
	const known = new Set<string>();
	(values.endpoints ?? []).forEach((set, index) => {
		const {name} = set;
		if (known.has(name.toLowerCase()))
			complain('settings-endpoint-double', parsed.at(['endpoints', index, 'name']), {name});
		known.add(name.toLowerCase());
		const {asked, used} = timeoutOf(set);
		if (asked > used)
			complain('settings-endpoint-slow', parsed.at(['endpoints', index, 'timeout']), {
				name,
				timeout: durationText(asked),
				every: durationText(used),
			});
	});
}

/** By hand, without endpoints, the number means nothing and harms nothing. */
function checkNeed({values, parsed, complain}: Read, triggers: readonly Trigger[]): void {
	const count = endpointsIn(values.endpoints ?? []).filter(({critical}) => critical).length;
	for (const {id, kind} of triggers) {
		const need = values.triggers?.[id]?.of;
		if (kind === 'outage' && typeof need === 'number' && count > 0 && need > count)
			complain('settings-endpoint-few', parsed.at(['triggers', id, 'of']), {id, need, count});
	}
}

function checkRemote({values: {rollback}, parsed, complain}: Read): void {
	const {repository, ref} = rollback ?? {};
	if ((repository === undefined) === (ref === undefined)) return;
	const missing = repository === undefined ? 'repository' : 'ref';
	complain('settings-remote', parsed.keyAt(['rollback']), {missing});
}

export function checkEndpoints(read: Read, triggers: readonly Trigger[]): void {
	checkEach(read);
	checkNeed(read, triggers);
	checkRemote(read);
}
