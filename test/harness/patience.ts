// starting n8n alone takes ten seconds on a small machine, and a busy one makes anything slow
jest.setTimeout(300_000);
