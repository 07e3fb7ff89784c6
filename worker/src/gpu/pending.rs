//! `Pending`: something that a browser is going to tell. Natively it is waited for at once.

use std::{cell::RefCell, future::Future, rc::Rc};

use super::Wake;

/// What will come.
pub struct Pending<T>(Rc<RefCell<Option<T>>>);

impl<T: 'static> Pending<T> {
    /// The outcome of `future`; `wake` is called when it is there.
    pub fn of(future: impl Future<Output = T> + 'static, wake: Wake) -> Pending<T> {
        let cell = Rc::new(RefCell::new(None));
        let store = cell.clone();
        let task = async move {
            let outcome = future.await;
            store.replace(Some(outcome));
            wake();
        };
        #[cfg(target_arch = "wasm32")]
        wasm_bindgen_futures::spawn_local(task);
        #[cfg(not(target_arch = "wasm32"))]
        pollster::block_on(task);
        Pending(cell)
    }

    /// The outcome, once, when it has come.
    pub fn take(&self) -> Option<T> {
        self.0.take()
    }
}
