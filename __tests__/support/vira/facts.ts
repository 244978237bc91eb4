import type {Fact} from './fact.ts';
import {schemaFacts} from './facts-of-schema.ts';
import {startFacts} from './facts-of-starts.ts';
import {stateFacts} from './facts-of-state.ts';
import {wordFacts} from './facts-of-words.ts';

/** What was observed with a real Vira (sources of March 2026, schema 8). */
export const facts: readonly Fact[] = [...stateFacts, ...schemaFacts, ...startFacts, ...wordFacts];
