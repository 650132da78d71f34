// The pages of families without their own; an address that names none is no page.
import { AnyFamily } from '@/record/any';
import { NoPage } from './failure';

export const AnyList = () => <AnyFamily page="list" otherwise={<NoPage />} />;
export const AnyRecord = () => <AnyFamily page="record" otherwise={<NoPage />} />;
export const AnyNew = () => <AnyFamily page="new" otherwise={<NoPage />} />;
export const AnyImport = () => <AnyFamily page="import" otherwise={<NoPage />} />;
