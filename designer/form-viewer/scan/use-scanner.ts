import { useEffect, useRef, useState, type RefObject } from 'react';
import { openCodeReader } from './code-reader.ts';

export type ScanState = 'scanStarting' | 'scanHint' | 'scanDenied' | 'scanNoCamera' | 'scanInsecure' | 'scanFailed';

/** Between two looks at the picture: quick enough for a hand, easy on the battery. */
const PAUSE_MS = 150;

interface Scanner {
  readonly state: ScanState;
  readonly video: RefObject<HTMLVideoElement | null>;
}

/** Runs the camera from mounting to unmounting and tells the first code it sees. `attempt` starts it afresh. */
export function useScanner(onFound: (text: string) => void, attempt: number): Scanner {
  const video = useRef<HTMLVideoElement>(null);
  const [told, setTold] = useState<{ readonly attempt: number; readonly state: ScanState }>();
  const found = useRef(onFound);
  useEffect(() => {
    found.current = onFound;
  });
  useEffect(() => {
    let stream: MediaStream | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stopped = false;
    const stop = (): void => {
      stopped = true;
      clearTimeout(timer);
      stream?.getTracks().forEach((track) => track.stop());
    };
    const tell = (state: ScanState): void => {
      if (!stopped) setTold({ attempt, state });
    };
    const run = async (): Promise<void> => {
      stream = await openCamera();
      const screen = video.current;
      if (stopped || !screen) return stop();
      screen.srcObject = stream;
      await screen.play();
      const reader = await openCodeReader();
      tell('scanHint');
      const look = async (): Promise<void> => {
        if (stopped) return;
        const text = screen.readyState >= 2 ? await reader.read(screen) : undefined;
        if (stopped) return;
        if (text === undefined || text.trim() === '') timer = setTimeout(() => void look().catch(fail), PAUSE_MS);
        else {
          stop();
          found.current(text.trim());
        }
      };
      await look();
    };
    const fail = (problem: unknown): void => {
      tell(stateOf(problem));
      stop();
    };
    run().catch(fail);
    return stop;
  }, [attempt]);
  return { state: told?.attempt === attempt ? told.state : 'scanStarting', video };
}

class InsecureAddress extends Error {
  override readonly name = 'InsecureAddress';
}

/** The back camera of a phone, whatever there is elsewhere. */
function openCamera(): Promise<MediaStream> {
  const media = (navigator as { readonly mediaDevices?: MediaDevices }).mediaDevices;
  if (!media) return Promise.reject(new InsecureAddress());
  return media.getUserMedia({
    video: { facingMode: { ideal: 'environment' }, width: { ideal: 1920 }, height: { ideal: 1080 } },
    audio: false,
  });
}

function stateOf(problem: unknown): ScanState {
  const name = problem instanceof Error ? problem.name : '';
  if (name === 'InsecureAddress') return 'scanInsecure';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'scanDenied';
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'scanNoCamera' : 'scanFailed';
}
