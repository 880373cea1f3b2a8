import type { Unsaved } from './compose';
import places from './unsaved.json';

/**
 * Where in each shipped flow a value stands that n8n's editor leaves out when it saves, because it is the node's default:
 * without it every workflow that somebody merely moved a node in would look changed. Made from n8n's own node
 * descriptions by test/n8n/writeUnsaved.ts; a test holds it to them.
 */
export const unsavedPlaces: Unsaved = places;
