import type { Unsaved } from './compose';
import places from './unsaved.json';

/**
 * What n8n's editor makes of each shipped flow when it saves: it leaves out what is the node's default, and puts in
 * defaults that are lists. Without this every workflow that somebody merely moved a node in would look changed. Made from
 * n8n's own node descriptions by test/n8n/writeUnsaved.ts; a test holds it to them, and another one to the editor.
 */
export const unsavedPlaces: Unsaved = places;
