"""Makes gradients.json: what snnTorch computes for a small recurrent network, for core/tests/learn.rs.

    python make_gradients.py     (torch, snntorch; versions are written into the file)
"""
import json, os
import snntorch, torch
from snntorch import surrogate

torch.manual_seed(3)
torch.set_default_dtype(torch.float32)
STEPS, INPUTS, NEURONS, OUTPUTS, KAPPA = 30, 4, 6, 3, 0.9
alpha = torch.linspace(0.7, 0.95, NEURONS)
x = torch.randn(STEPS, INPUTS)
w_in = (0.6 * torch.randn(INPUTS, NEURONS)).requires_grad_()
w_rec = (0.4 * torch.randn(NEURONS, NEURONS)).requires_grad_()
b = (0.2 * torch.ones(NEURONS)).requires_grad_()
w_out = torch.randn(NEURONS, OUTPUTS).requires_grad_()
b_out = torch.zeros(OUTPUTS).requires_grad_()
params = [w_in, w_rec, b, w_out, b_out]
goal = torch.randn(STEPS, OUTPUTS)
made = {"made_with": {"torch": torch.__version__, "snntorch": snntorch.__version__}}

# snnTorch's atan is alpha / 2 times ours: with alpha = 2 they are the same.
for name, grad in [("fast_sigmoid", surrogate.fast_sigmoid(slope=25)), ("atan", surrogate.atan(alpha=2.0))]:
    layer = snntorch.Leaky(beta=alpha, threshold=1.0, reset_mechanism="subtract", spike_grad=grad)
    read = snntorch.Leaky(beta=KAPPA, reset_mechanism="none")
    mem, out = layer.init_leaky(), read.init_leaky()
    s, outs, spikes = torch.zeros(NEURONS), [], 0
    for t in range(STEPS):
        s, mem = layer(x[t] @ w_in + s @ w_rec + b, mem)
        spikes += int(s.sum())
        _, out = read(s @ w_out + b_out, out)
        outs.append(out)
    y = torch.stack(outs)
    for kind, loss in [
        ("values", ((y - goal) ** 2).mean() / 2),
        ("class", torch.nn.functional.cross_entropy(y.mean(0)[None], torch.tensor([1]))),
    ]:
        grads = torch.autograd.grad(loss, params, retain_graph=True)
        made[f"{name} {kind}"] = {"loss": loss.item(), "spikes": spikes, "gradient": torch.cat([g.flatten() for g in grads]).tolist()}
made |= {"kappa": KAPPA, "alpha": alpha.tolist(), "x": x.flatten().tolist(), "goal": goal.flatten().tolist()}
made["weights"] = torch.cat([p.flatten() for p in params]).tolist()
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "gradients.json"), "w") as file:
    json.dump(made, file, separators=(",", ":"))
    file.write("\n")
