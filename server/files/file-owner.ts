/** How the owner of an upload is called that comes from a person without an account, until their form is sent. No login has a colon. */
export const NOBODYS = 'nobody:';
/** The same once it is sent. */
export const APPLICANT = ':applicant';
