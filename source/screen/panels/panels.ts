/*
The panel of each screen that an open cutover has; a new screen is a line here.
*/
import type {PanelProps} from '../panel.ts';
import type {ScreenName} from '../state/view.ts';
import {boardLines} from './board/board.ts';
import {documentLines} from './document.ts';
import {evidenceLines} from './evidence.ts';
import {healthLines} from './health/health.ts';
import {helpLines} from './help.ts';
import {journalLines} from './journal.ts';
import type {Line} from './line.ts';
import {briefingLines} from './opening/briefing.ts';
import {pollLines} from './poll/poll.ts';
import {rollbackLines} from './rollback/rollback.ts';
import {runLines} from './run/run.ts';
import {signOffsLines} from './sign-offs.ts';

export const panels = {
	briefing: briefingLines,
	board: boardLines,
	run: runLines,
	poll: pollLines,
	rollback: rollbackLines,
	health: healthLines,
	signOffs: signOffsLines,
	evidence: evidenceLines,
	journal: journalLines,
	document: documentLines,
	help: helpLines,
} satisfies {[S in Exclude<ScreenName, 'opening'>]: (props: PanelProps) => readonly Line[]};
