//! Signals → events, on a thread of their own: window size, termination requests, stop and continue. The thread only
//! reports; saving and restoring the terminal is the main thread's task. If that hangs, this thread restores the
//! terminal itself and ends the process: at once on a second termination request after a moment, else after some
//! seconds. A second request within a moment is ignored: when a line is cut, the kernel and the shell both send one.

use std::sync::atomic::{AtomicBool, Ordering};

use ratatui::layout::Size;

/// An event of a signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignalEvent {
    /// The window has another size.
    Resized(Size),
    /// Termination request (HUP, TERM, INT or QUIT), with the signal's number.
    Leave(i32),
    /// Stop request: restore the terminal and stop, see
    /// [`TerminalGuard::suspend`](super::guard::TerminalGuard::suspend).
    Suspend,
    /// Continued after SIGSTOP: take the terminal with [`TerminalGuard::reenter`](super::guard::TerminalGuard::reenter)
    /// and draw everything.
    Continued,
}

/// Whether the process stopped itself, so that SIGCONT is no event.
static STOPPED: AtomicBool = AtomicBool::new(false);

/// The exit status of a process that a signal ended, by the convention of shells (128 + number).
pub fn exit_code(signal: i32) -> u8 {
    u8::try_from(128 + signal).unwrap_or(u8::MAX)
}

pub use super::leave_request::termination_requested;
#[cfg(unix)]
pub use unix::{Signals, spawn_signals, suspend_job};
#[cfg(unix)]
pub(crate) use unix::{forward_signal, stop, termination_requested_in_background};

#[cfg(unix)]
mod unix {
    use std::io;
    use std::thread::JoinHandle;
    use std::time::{Duration, Instant};

    use rustix::process::{Pid, Signal, getpgrp, getpid, getppid, getsid, kill_current_process_group, kill_process};
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGSTOP, SIGTERM, SIGTSTP, SIGWINCH};
    use signal_hook::iterator::Handle;
    use signal_hook::low_level::{emulate_default_handler, raise};

    use super::{Ordering, STOPPED, SignalEvent};
    use crate::terminal::leave_request::{LEAVING, LENT, termination_requested};
    use crate::terminal::{environment, terminal_state};

    /// A second termination signal that arrives at least this long after the first one ends the process at once.
    const INSISTENCE: Duration = Duration::from_secs(1);
    /// Seconds the main thread may take to leave, not counting those while another program has the terminal.
    const LONGEST: u32 = 10;

    /// The signal thread; dropping it ends the thread. The signals stay caught.
    #[derive(Debug)]
    pub struct Signals {
        handle: Handle,
        thread: Option<JoinHandle<()>>,
    }

    /// Catches the signals. `emit` returns whether the receiver still exists.
    pub fn spawn_signals(mut emit: impl FnMut(SignalEvent) -> bool + Send + 'static) -> io::Result<Signals> {
        let caught = [SIGWINCH, SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGTSTP, SIGCONT];
        let mut signals = signal_hook::iterator::Signals::new(caught)?;
        let handle = signals.handle();
        let thread = std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
            let mut told = None;
            for signal in signals.forever() {
                if !event(signal, &mut told).is_none_or(&mut emit) {
                    break;
                }
            }
        })?;
        Ok(Signals { handle, thread: Some(thread) })
    }

    impl Drop for Signals {
        fn drop(&mut self) {
            self.handle.close();
            if let Some(thread) = self.thread.take() {
                // A panic of the thread was reported by the panic hook.
                let _ = thread.join();
            }
        }
    }

    /// The event of a signal. `told`: the time of the first termination request.
    fn event(signal: i32, told: &mut Option<Instant>) -> Option<SignalEvent> {
        match signal {
            SIGWINCH => Some(SignalEvent::Resized(environment::size())),
            SIGINT | SIGQUIT if LENT.load(Ordering::SeqCst) => None,
            SIGTSTP if nobody_would_continue_us() => None,
            SIGTSTP if LENT.load(Ordering::SeqCst) => {
                // The main thread waits for that program; the job must stop as one, and there is nothing to give back.
                stop();
                None
            }
            SIGTSTP => Some(SignalEvent::Suspend),
            SIGCONT => (!STOPPED.swap(false, Ordering::SeqCst)).then_some(SignalEvent::Continued),
            _ => match *told {
                None => {
                    *told = Some(Instant::now());
                    LEAVING.store(signal, Ordering::SeqCst);
                    watch_over_leaving(signal);
                    Some(SignalEvent::Leave(signal))
                }
                Some(at) if at.elapsed() >= INSISTENCE => leave_at_once(signal),
                Some(_) => None,
            },
        }
    }

    /// Ends the process if the main thread does not end it in time.
    fn watch_over_leaving(signal: i32) {
        let watch = move || {
            let mut left = LONGEST;
            while left > 0 {
                std::thread::sleep(Duration::from_secs(1));
                left = if LENT.load(Ordering::SeqCst) { LONGEST } else { left - 1 };
            }
            leave_at_once(signal);
        };
        // Without this thread the process can still be terminated by another signal.
        let _ = std::thread::Builder::new().name("watch".to_owned()).spawn(watch);
    }

    fn leave_at_once(signal: i32) -> ! {
        terminal_state::restore_now();
        // Ends the process, so that its parent sees which signal did.
        let _ = emulate_default_handler(signal);
        std::process::exit(i32::from(super::exit_code(signal)))
    }

    /// What Ctrl-Z does outside raw mode: asks the whole job to stop, so that `cat x | lutrin -` stops as one. We are asked
    /// too and get a [`SignalEvent::Suspend`]. Returns whether there is anyone who could continue us.
    pub fn suspend_job() -> bool {
        !nobody_would_continue_us() && kill_current_process_group(Signal::TSTP).is_ok()
    }

    /// Whether our process group is orphaned (POSIX 3.264, near enough): the kernel would not stop it either.
    fn nobody_would_continue_us() -> bool {
        let (session, group) = (getsid(None).ok(), getpgrp());
        let leads_session = session == Some(group);
        let leads_group = getpid() == group;
        let parent_elsewhere = getppid().is_none_or(|parent| getsid(Some(parent)).ok() != session);
        leads_session || leads_group && parent_elsewhere
    }

    /// Forwards a signal to a child process.
    pub(crate) fn forward_signal(signal: i32, program: u32) {
        let program = i32::try_from(program).ok().and_then(Pid::from_raw);
        if let (Some(program), Some(signal)) = (program, Signal::from_named_raw(signal)) {
            // The child may have ended.
            let _ = kill_process(program, signal);
        }
    }

    /// Stops this process until it is continued.
    pub(crate) fn stop() {
        STOPPED.store(true, Ordering::SeqCst);
        // Only an unknown signal's number can be refused.
        let _ = raise(SIGSTOP);
    }

    /// Whether a process continued in the background was continued only to be terminated (`kill %1` does so).
    pub(crate) fn termination_requested_in_background(in_foreground: impl Fn() -> bool) -> bool {
        for _ in 0..10 {
            if in_foreground() {
                return false;
            }
            if termination_requested().is_some() {
                return true;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        false
    }
}

#[cfg(not(unix))]
pub use elsewhere::{Signals, spawn_signals, suspend_job};
#[cfg(not(unix))]
pub(crate) use elsewhere::{forward_signal, stop, termination_requested_in_background};

#[cfg(not(unix))]
mod elsewhere {
    use std::io;

    use super::SignalEvent;

    /// Catches nothing: on this system sizes come as input events.
    #[derive(Debug)]
    pub struct Signals;

    /// Catches nothing.
    pub fn spawn_signals(_emit: impl FnMut(SignalEvent) -> bool + Send + 'static) -> io::Result<Signals> {
        Ok(Signals)
    }

    /// Does nothing: there is no shell with job control.
    pub fn suspend_job() -> bool {
        false
    }

    pub(crate) fn forward_signal(_signal: i32, _program: u32) {}

    pub(crate) fn stop() {}

    pub(crate) fn termination_requested_in_background(_in_foreground: impl Fn() -> bool) -> bool {
        false
    }
}
