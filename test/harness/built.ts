/**
 * For a process of tests that start the program's own processes, used with --import: its runners, scribes, watchers and pages are
 * the built ones, which begin in a quarter of the work, and what V8 compiles of the source is kept for the next such process.
 */
import {enableCompileCache} from 'node:module';
import {fileURLToPath} from 'node:url';
import {programs, programsOf} from '../../source/processes/programs.ts';

const here = (path: string): URL => new URL(`../../${path}`, import.meta.url);

enableCompileCache(fileURLToPath(here('node_modules/.cache/tests')));
Object.assign(programs, programsOf(here('dist/runner.js').href));
