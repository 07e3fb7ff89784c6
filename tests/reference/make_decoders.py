"""Makes decoders.json: what numpy and scikit-learn decode from a small recording, for core/tests/decode.rs.

    python make_decoders.py     (numpy, scipy, scikit-learn; versions are written into the file)
"""
import json, os
import numpy as np, scipy, sklearn
from scipy.linalg import eigh
from scipy.signal import butter, sosfilt
from sklearn.covariance import ledoit_wolf
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.linear_model import Ridge

rng = np.random.default_rng(7)
BIN_MS, CHANNELS = 20.0, 6


def lags(x, n):
    """The last n bins, newest first, less the mean; average before the beginning."""
    padded = np.vstack([np.zeros((n - 1, x.shape[1])), x])
    return np.hstack([padded[n - 1 - k:len(padded) - k] for k in range(n)])


# Numbers: a smooth velocity in two dimensions, counts of six channels; one segment to learn from, one to decode.
bins, train = 300, 200
v = np.zeros((bins, 2))
for t in range(1, bins):
    v[t] = 0.95 * v[t - 1] + rng.normal(size=2)
tuning = rng.normal(size=(2, CHANNELS))
counts = rng.poisson(np.maximum(0.2, 3 + 0.6 * v @ tuning)).astype(float)
v = np.round(v, 3).astype(np.float32).astype(float)
mean = counts[:train].mean(0)
parts = [counts[:train] - mean, counts[train:] - mean]
out = {}

n = 5
ridge = Ridge(alpha=10.0).fit(lags(parts[0], n), v[:train])
out["wiener"] = ridge.predict(lags(parts[1], n)).tolist()

lead = 2  # bins before the movement
y_mean = v[:train].mean(0)
x = v[:train] - y_mean
z = parts[0]
X, Z = x[lead:], z[:-lead]
A = np.linalg.lstsq(x[:-1], x[1:], rcond=None)[0].T
C = np.linalg.lstsq(X, Z, rcond=None)[0].T
W = (x[1:] - x[:-1] @ A.T).T @ (x[1:] - x[:-1] @ A.T) / (train - 1)
Q = (Z - X @ C.T).T @ (Z - X @ C.T) / len(X)
s, P, rows = np.zeros(2), np.zeros((2, 2)), []
for t in range(bins - train):
    s, P = A @ s, A @ P @ A.T + W
    seen = parts[1][t - lead] if t >= lead else np.zeros(CHANNELS)
    K = P @ C.T @ np.linalg.inv(C @ P @ C.T + Q)
    s, P = s + K @ (seen - C @ s), (np.eye(2) - K @ C) @ P
    rows.append(s + y_mean)
out["kalman"] = np.array(rows).tolist()

mean_of = lambda part: lags(part, n).reshape(len(part), n, CHANNELS).mean(1)
a = mean_of(parts[0])
B = np.linalg.lstsq(x, a, rcond=None)[0].T
votes = B / np.linalg.norm(B, axis=1, keepdims=True) / counts[:train].std(0)[:, None]
u = a @ votes
scale = (u * x).sum(0) / (u * u).sum(0)
out["population_vector"] = (mean_of(parts[1]) @ votes * scale + y_mean).tolist()

# Classes: trials of a signal; the classes differ in mean and in power of a mixture.
trials, length, train_trials = 60, 40, 40
labels = (np.arange(trials) * 7 % 3 == 0).astype(int)
mix = rng.normal(size=(CHANNELS, CHANNELS))
signal = rng.normal(size=(trials, length, CHANNELS))
signal[:, :, 0] *= np.where(labels, 2.0, 1.0)[:, None]
signal[:, 10:30, 1] += 0.8 * labels[:, None]
signal = np.round(signal @ mix, 3).astype(np.float32).astype(float)
rate = 1000.0 / BIN_MS

low = sosfilt(butter(4, 5.0, fs=rate, output="sos"), signal, axis=1)
features = low.reshape(trials, 4, length // 4, CHANNELS).mean(2).reshape(trials, -1)
lda = LinearDiscriminantAnalysis(solver="lsqr", shrinkage="auto").fit(features[:train_trials], labels[:train_trials])
out["lda"] = lda.decision_function(features[train_trials:]).tolist()
first = features[:train_trials] - features[:train_trials].mean(0)
out["ledoit_wolf"] = ledoit_wolf(first)[1]

band = sosfilt(butter(4, 4.0, "high", fs=rate, output="sos"), signal, axis=1)
band = sosfilt(butter(4, 15.0, fs=rate, output="sos"), band, axis=1)[:, 5:]
cov = np.einsum("tic,tid->tcd", band, band)
cov /= np.trace(cov, axis1=1, axis2=2)[:, None, None]
means = [cov[:train_trials][labels[:train_trials] == k].mean(0) for k in (0, 1)]
W = np.vstack([eigh(m, means[0] + means[1])[1].T[::-1][:2] for m in means])
power = np.log(np.einsum("fc,tcd,fd->tf", W, cov, W))
lda = LinearDiscriminantAnalysis(solver="lsqr", shrinkage="auto").fit(power[:train_trials], labels[:train_trials])
out["csp_lda"] = lda.decision_function(power[train_trials:]).tolist()

made = {
    "made_with": {"numpy": np.__version__, "scipy": scipy.__version__, "scikit-learn": sklearn.__version__},
    "bin_ms": BIN_MS, "channels": CHANNELS,
    "counts": counts.astype(int).ravel().tolist(), "velocity": v.ravel().tolist(), "train_bins": train,
    "signal": [float(f"{s:.3f}") for s in signal.ravel()], "length": length, "labels": labels.tolist(), "train_trials": train_trials,
    "decoded": out,
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "decoders.json"), "w") as file:
    json.dump(made, file, separators=(",", ":"))
    file.write("\n")
