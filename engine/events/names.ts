import { lettersOf } from './read';
import { EVENT_TYPES, type EventType } from './types';

/** Names by which senders whose events you name yourself (Segment, your product) may call a canonical event, in letters only. */
const SYNONYMS: Readonly<Partial<Record<EventType, readonly string[]>>> = {
	// the first of each is Segment's own word, in its B2B SaaS and e-mail specifications
	customer_created: ['accountcreated', 'companycreated', 'customersignedup'],
	churned: ['accountdeleted', 'customerchurned', 'accountchurned'],
	contact_left: ['accountremoveduser', 'contactremoved', 'userremoved'],
	delivered: ['emaildelivered', 'messagedelivered', 'pushnotificationreceived'],
	opened: ['emailopened', 'messageopened', 'pushnotificationtapped'],
	clicked: ['emaillinkclicked', 'messageclicked', 'emailclicked'],
	bounced: ['emailbounced', 'messagebounced', 'hardbounced', 'hardbounce'],
	complained: ['emailmarkedasspam', 'spamcomplaint', 'spamreport'],
	unsubscribed: ['emailunsubscribed', 'messageunsubscribed', 'optedout', 'unsubscribe'],
	set_up_step_completed: [
		'setupstepcompleted',
		'onboardingstepcompleted',
		'checklistitemcompleted',
	],
	first_value_reached: ['activated', 'ahamomentreached'],
	plan_limit_approached: ['limitapproached', 'quotaapproached', 'usagelimitapproached'],
	usage_reported: ['usagerecorded'],
	ticket_opened: ['ticketcreated', 'supportticketopened', 'supportticketcreated'],
	survey_answered: ['surveycompleted', 'surveysubmitted', 'npssubmitted', 'npsanswered'],
	reply_received: ['emailreplied', 'messagereplied'],
	cancellation_requested: ['cancelrequested', 'subscriptioncancellationrequested'],
	renewed: ['subscriptionrenewed', 'contractrenewed', 'accountrenewed'],
	renewal_date_changed: ['renewaldatemoved', 'contractenddatechanged'],
	merged: ['accountmerged', 'accountsmerged', 'companymerged'],
	sponsor_changed: ['executivesponsorchanged'],
	invoice_overdue: ['invoicepastdue'],
	opportunity_opened: ['opportunitycreated', 'dealcreated'],
	customer_returned: ['accountreactivated', 'customerreactivated'],
	booked: ['meetingbooked', 'callbooked'],
};

const byLetters: ReadonlyMap<string, EventType> = new Map(
	EVENT_TYPES.flatMap((type): [string, EventType][] => [
		[lettersOf(type), type],
		...(SYNONYMS[type] ?? []).map((name): [string, EventType] => [name, type]),
	]),
);

/** The canonical type that a name means, in whatever case and with whatever separators: `Account Created`, `customer.created`. */
export function typeNamed(name: string): EventType | undefined {
	return byLetters.get(lettersOf(name));
}
