/* What judges a gate, by its kind. */
import type {Gate, GateKind} from '../../cutover/model/runbook.ts';
import {command} from './command.ts';
import {files} from './files.ts';
import {playbook} from './playbook.ts';
import {type Check, unknown} from './verdict.ts';

/** The core judges these by the words of people and needs no process for it. */
const words: Check = async gate =>
	unknown(`${gate.id} is judged by the words of ${gate.groups.join(', ')}, not by a process`);

const checks = {command, files, playbook, acknowledgement: words, statement: words} satisfies {[K in GateKind]: Check};

/** A playbook of the settings replaces what was inferred. */
export const checkOf = (gate: Gate): Check => checks[gate.playbook === null ? gate.kind : 'playbook'];
