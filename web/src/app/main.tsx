// Start: words first, then the application.
import 'antd/dist/reset.css';
import '@/kit/kit.css';
import '@/kit/controls.css';
import '@/record/record.css';
import './shell.css';
import { createRoot } from 'react-dom/client';
import { startWords } from '@/kit/words';
import { Application } from './application';

void startWords().then(() => {
  const root = document.getElementById('root');
  if (root) createRoot(root).render(<Application />);
});
