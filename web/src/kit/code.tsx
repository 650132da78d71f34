// A code editor (CodeMirror), in its own chunk: one look for every language, styles carry the page's nonce.
import { autocompletion, closeBrackets, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { EditorView, keymap, placeholder as placeholderOf } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';

export interface CodeProps {
  id?: string;
  label: string;
  value: string;
  language: Extension;
  placeholder?: string;
  invalid?: boolean;
  describedBy?: string;
  readOnly?: boolean;
  onChange: (value: string) => void;
  /** Enter; Shift-Enter makes a new line. */
  onSubmit?: (value: string) => void;
}

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

const look = EditorView.theme({
  '&': { fontSize: '13px', backgroundColor: 'var(--surface)', color: 'var(--text)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-content': { fontFamily: 'var(--mono)', padding: '5px 0', caretColor: 'var(--text)' },
  '.cm-line': { padding: '0 10px' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-placeholder': { color: 'var(--faint)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground, ::selection': {
    backgroundColor: 'var(--accent-soft) !important',
  },
  '.cm-matchingBracket': { backgroundColor: 'var(--accent-soft) !important', color: 'inherit' },
  '.cm-tooltip': {
    backgroundColor: 'var(--raised)',
    color: 'var(--text)',
    border: '1px solid var(--line)',
    borderRadius: '6px',
    boxShadow: 'var(--shadow)',
    maxWidth: '90vw',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--accent-soft)',
    color: 'var(--text)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', maxHeight: '16em' },
  '.cm-completionDetail': { color: 'var(--muted)', fontStyle: 'normal' },
  '.cm-diagnostic': { padding: '4px 8px' },
});

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: 'var(--code-word)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--code-text)' },
  { tag: [tags.number, tags.bool, tags.null, tags.literal], color: 'var(--code-number)' },
  { tag: [tags.function(tags.variableName), tags.standard(tags.variableName)], color: 'var(--code-call)' },
  { tag: [tags.comment, tags.lineComment], color: 'var(--faint)' },
]);

/** Typing over a selection, done by the editor itself: browsers keep the look of what they replace in a style
    attribute, which the page's policy forbids. */
const typeOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { main } = view.state.selection;
    const text = event.data;
    if (event.inputType !== 'insertText' || !text || view.composing || main.empty || view.state.readOnly)
      return false;
    event.preventDefault();
    const insert = () => view.state.update(view.state.replaceSelection(text), { userEvent: 'input.type' });
    const handled = view.state
      .facet(EditorView.inputHandler)
      .some((handle) => handle(view, main.from, main.to, text, insert));
    if (!handled) view.dispatch(insert());
    return true;
  },
});

export default function Code(props: CodeProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const language = useRef(new Compartment());
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    if (!place.current) return;
    const { value, placeholder, label, id, describedBy, readOnly } = latest.current;
    const spoken: Record<string, string> = { 'aria-label': label, ...(id ? { id } : {}) };
    if (describedBy) spoken['aria-describedby'] = describedBy;
    const submit = () => {
      latest.current.onSubmit?.(made.state.doc.toString());
      return Boolean(latest.current.onSubmit);
    };
    const made: EditorView = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: value,
        extensions: [
          EditorView.cspNonce.of(nonce),
          EditorView.contentAttributes.of({ spellcheck: 'false', autocapitalize: 'none', ...spoken }),
          EditorView.lineWrapping,
          EditorState.readOnly.of(readOnly ?? false),
          placeholderOf(placeholder ?? ''),
          history(),
          bracketMatching(),
          closeBrackets(),
          autocompletion({ icons: false }),
          keymap.of([
            ...completionKeymap,
            { key: 'Enter', run: submit, shift: () => false },
            { key: 'Mod-Enter', run: submit },
            ...defaultKeymap,
            ...historyKeymap,
          ]),
          typeOver,
          look,
          syntaxHighlighting(colours),
          language.current.of(latest.current.language),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = made;
    return () => {
      made.destroy();
      view.current = null;
    };
  }, []);
  useEffect(() => {
    view.current?.dispatch({ effects: language.current.reconfigure(props.language) });
  }, [props.language]);
  useEffect(() => {
    const made = view.current;
    if (!made || made.state.doc.toString() === props.value) return;
    made.dispatch({ changes: { from: 0, to: made.state.doc.length, insert: props.value } });
  }, [props.value]);
  return <div ref={place} className={props.invalid ? 'code-box code-invalid' : 'code-box'} />;
}
