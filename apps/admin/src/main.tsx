import { createRoot } from 'react-dom/client';

import { App } from './App.js';

const root = document.getElementById('root');
if (!root) throw new Error('cannot start the admin UI: index.html has no element named root');
createRoot(root).render(<App />);
