//! Adapter and device: how they are asked for, what is told of them, and what can go wrong.

use std::sync::{Arc, Mutex, PoisonError};

use wgpu::{
    Backends, DeviceDescriptor, DeviceType, Features, Instance, InstanceDescriptor, Limits, PowerPreference,
    RequestAdapterOptions,
};

use crate::protocol::{Adapter, GpuProblem};

/// Called when something that was waited for has come, or the device is lost.
#[cfg(target_arch = "wasm32")]
pub type Wake = std::rc::Rc<dyn Fn()>;
/// Called when something that was waited for has come, or the device is lost.
#[cfg(not(target_arch = "wasm32"))]
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// A device that is ready. Clones are the same device.
#[derive(Clone)]
pub struct Gpu {
    /// What is told of its adapter.
    pub adapter: Adapter,
    pub(super) device: wgpu::Device,
    pub(super) queue: wgpu::Queue,
    pub(super) wake: Wake,
    binding_bytes: u64,
    lost: Arc<Mutex<Option<String>>>,
}

/// What software adapters are called: an adapter need not say of itself that it is one.
const SOFTWARE: [&str; 4] = ["swiftshader", "llvmpipe", "lavapipe", "basic render"];

impl Gpu {
    /// Asks for the machine's best adapter and opens it with all the room it has for buffers.
    ///
    /// # Errors
    /// That there is none, or that it cannot be opened.
    pub async fn open(wake: Wake) -> Result<Gpu, GpuProblem> {
        let mut descriptor = InstanceDescriptor::new_without_display_handle();
        descriptor.backends = Backends::VULKAN | Backends::BROWSER_WEBGPU;
        let options =
            RequestAdapterOptions { power_preference: PowerPreference::HighPerformance, ..Default::default() };
        let adapter = Instance::new(descriptor).request_adapter(&options).await;
        let adapter = adapter.map_err(|e| GpuProblem::NoAdapter { reason: e.to_string() })?;
        let has = adapter.limits();
        let required_limits = Limits {
            max_buffer_size: has.max_buffer_size,
            max_storage_buffer_binding_size: has.max_storage_buffer_binding_size,
            ..Limits::default()
        };
        let required_features = adapter.features() & Features::TIMESTAMP_QUERY;
        let descriptor = DeviceDescriptor { required_limits, required_features, ..Default::default() };
        let opened = adapter.request_device(&descriptor).await;
        let (device, queue) = opened.map_err(|e| GpuProblem::NoAdapter { reason: e.to_string() })?;

        let lost: Arc<Mutex<Option<String>>> = Arc::default();
        let tell = lost.clone();
        device.set_device_lost_callback(move |reason, message| {
            *tell.lock().unwrap_or_else(PoisonError::into_inner) = Some(format!("{reason:?}: {message}"));
        });
        // What is wrong is told by error scopes; a stray error must not end the program.
        let tell = lost.clone();
        device.on_uncaptured_error(Arc::new(move |error| {
            *tell.lock().unwrap_or_else(PoisonError::into_inner) = Some(error.to_string());
        }));
        let adapter = told(&adapter.get_info(), &device);
        let binding_bytes = has.max_storage_buffer_binding_size.min(has.max_buffer_size);
        Ok(Gpu { adapter, device, queue, wake, binding_bytes, lost })
    }

    /// Why the device is lost, if it is.
    pub fn lost(&self) -> Option<String> {
        self.lost.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Gives the device back; whatever still runs on it is lost.
    pub fn destroy(&self) {
        self.device.destroy();
    }

    /// Waits until the callbacks of everything that was submitted have been called. In a browser they are called by the
    /// event loop, and this does nothing.
    pub fn wait(&self) {
        // A lost device does not answer; that it is lost is told elsewhere.
        let _ = self.device.poll(wgpu::PollType::wait_indefinitely());
    }

    /// The same device with arrays of at most so many bytes.
    pub fn limited_to(self, binding_bytes: u64) -> Gpu {
        Gpu { binding_bytes, ..self }
    }

    /// Bytes that one array can have.
    pub(super) fn binding_bytes(&self) -> u64 {
        self.binding_bytes
    }
}

fn told(info: &wgpu::AdapterInfo, device: &wgpu::Device) -> Adapter {
    let name = name(info, device);
    let is_software = |name: &str| SOFTWARE.iter().any(|word| name.to_lowercase().contains(word));
    let limits = device.limits();
    Adapter {
        software: info.device_type == DeviceType::Cpu || is_software(&name),
        name,
        backend: info.backend.to_string(),
        binding_bytes: limits.max_storage_buffer_binding_size as f64,
        buffer_bytes: limits.max_buffer_size as f64,
    }
}

/// The adapter's name. Browsers often tell vendor and architecture only.
#[cfg(target_arch = "wasm32")]
fn name(info: &wgpu::AdapterInfo, device: &wgpu::Device) -> String {
    use wasm_bindgen::JsValue;
    let get = |object: &JsValue, key: &str| js_sys::Reflect::get(object, &key.into()).unwrap_or(JsValue::UNDEFINED);
    let facts = device.as_webgpu().map_or(JsValue::UNDEFINED, |device| get(device.as_ref(), "adapterInfo"));
    let word = |key: &str| get(&facts, key).as_string().filter(|word| !word.is_empty());
    let words = || [word("vendor"), word("architecture")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    if info.name.is_empty() { words() } else { info.name.clone() }
}

#[cfg(not(target_arch = "wasm32"))]
fn name(info: &wgpu::AdapterInfo, _: &wgpu::Device) -> String {
    info.name.clone()
}
