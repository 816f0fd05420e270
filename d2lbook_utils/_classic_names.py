"""Names that readers know from elsewhere, and where this book has the same thing."""

CLASSIC_NAMES = {
    "accuracy": "training.count_correct",
    "data_iter": "data.minibatches",
    "evaluate_accuracy_gpu": "training.evaluate_accuracy",
    "get_fashion_mnist_labels": "data.fashion_mnist_labels",
    "get_k_fold_data": "validation.k_fold_indices",
    "grad_clipping": "optim.clip_gradients",
    "linreg": "nn.functional.linear_regression",
    "load_array": "data.tensor_loader",
    "load_data_fashion_mnist": "data.load_fashion_mnist",
    "predict_ch3": "evaluation.show_predictions",
    "synthetic_data": "data.synthetic_regression",
    "train_ch3": "training.train_classifier",
    "train_ch6": "training.train_classifier",
    "train_epoch_ch3": "training.train_epoch",
    "try_all_gpus": "device.all_devices",
    "try_gpu": "device.default_device",
}
