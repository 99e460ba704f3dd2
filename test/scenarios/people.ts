/** Who works through the night, as the kernel would know them. */
import type {Person} from '../../source/cutover/model/person.ts';

const known = (name: string, role: string | null, ssh: string | null = null): Person => ({
	name,
	login: name,
	role,
	tty: 'pts/1',
	ssh,
	strength: 'system login',
});

export const alice = known('alice', 'release-manager');
export const bob = known('bob', 'project-owner');
export const carolOfQa = known('carol', 'qa-owner', '192.0.2.14 51022');
export const carolOfOps = known('carol', 'ops-lead', '192.0.2.14 51022');
export const dave = known('dave', 'release-operator');
export const daveOnCall = known('dave', 'oncall-ops');
export const ben = known('ben', 'L1');
export const lena = known('lena', 'L2');
export const omar = known('omar', 'L3');

/** A process reports what it ran; the person who started it stands in the attempt. */
export const runner: Person = {name: 'runner', login: 'cutover', role: null, tty: null, ssh: null, strength: 'process'};
