"""Training of one ensemble member, restartable from its last checkpoint."""

import os
import time
from pathlib import Path

import torch
from tqdm import tqdm

from surrogates import datasets
from surrogates.checkpoints import checkpoint_path, seed_of
from surrogates.metrics import relative_l2
from surrogates.problems.problem import Problem

CHECKPOINT_EVERY = 5


def train_member(problem: Problem, member: int, data: Path, runs: Path, seed: int) -> Path:
    """Train one member to the end of its plan and return its checkpoint.

    Members differ in their initial weights and in the order of their data. A run that was interrupted goes on from
    its last checkpoint, random state included.

    Raises:
        ValueError: the data or the checkpoint were made with another seed, or do not say with which.
    """
    return MemberTraining(problem, member, data, runs, seed).run()


class MemberTraining:
    """The state of one training run."""

    def __init__(self, problem: Problem, member: int, data: Path, runs: Path, seed: int) -> None:
        self.plan, self.member, self.data, self.seed = problem.plan, member, data, seed
        self.path = checkpoint_path(runs, member)
        datasets.require_seed(data, seed)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(1000 * seed + member)
        self.network = problem.network()
        self.optimizer = torch.optim.AdamW(
            self.network.parameters(), lr=self.plan.learning_rate, weight_decay=self.plan.weight_decay
        )
        self.epochs = [grid for grid, count in self.plan.stages for _ in range(count)]
        self.validation = datasets.load(data, "validation", self.epochs[-1])
        self.train: dict[int, tuple[torch.Tensor, torch.Tensor]] = {}
        inputs, outputs = self._training_set(self.epochs[-1])
        self.network.normalisation.fit(inputs, outputs)
        steps = len(self.epochs) * -(-len(inputs) // self.plan.batch)
        self.schedule = torch.optim.lr_scheduler.OneCycleLR(
            self.optimizer, self.plan.learning_rate, total_steps=steps, pct_start=0.1
        )
        self.epoch, self.seconds, self.history = 0, 0.0, []
        if self.path.exists():
            self._restore()

    def run(self) -> Path:
        """Train until the plan is done."""
        with tqdm(total=len(self.epochs), initial=self.epoch, desc=f"member {self.member}") as progress:
            while self.epoch < len(self.epochs):
                start = time.process_time()
                loss = self._train_epoch(self.epochs[self.epoch])
                self.seconds += time.process_time() - start
                self.history.append((self.epochs[self.epoch], loss, self._validate()))
                self.epoch += 1
                progress.set_postfix(train=f"{loss:.3%}", validation=f"{self.history[-1][2]:.3%}")
                progress.update()
                if self.epoch % CHECKPOINT_EVERY == 0 or self.epoch == len(self.epochs):
                    self._save()
        return self.path

    def _training_set(self, grid: int) -> tuple[torch.Tensor, torch.Tensor]:
        if grid not in self.train:
            self.train = {grid: datasets.load(self.data, "train", grid)}
        return self.train[grid]

    def _train_epoch(self, grid: int) -> float:
        inputs, outputs = self._training_set(grid)
        self.network.train()
        total = 0.0
        for chosen in torch.randperm(len(inputs)).split(self.plan.batch):
            field, solution = self.plan.augment(inputs[chosen], outputs[chosen])
            loss = relative_l2(self.network(field), solution).mean()
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            self.schedule.step()
            total += loss.item() * len(chosen)
        return total / len(inputs)

    @torch.no_grad()
    def _validate(self) -> float:
        self.network.eval()
        return relative_l2(self.network(self.validation[0]), self.validation[1]).mean().item()

    def _save(self) -> None:
        unfinished = self.path.with_suffix(".part")
        torch.save(
            {
                "network": self.network.state_dict(),
                "optimizer": self.optimizer.state_dict(),
                "schedule": self.schedule.state_dict(),
                "random": torch.get_rng_state(),
                "epoch": self.epoch,
                "cpu_seconds": self.seconds,
                "history": self.history,
                "seed": self.seed,
            },
            unfinished,
        )
        os.replace(unfinished, self.path)

    def _restore(self) -> None:
        state = torch.load(self.path, weights_only=True)
        if (found := seed_of(state, self.path)) != self.seed:
            raise ValueError(
                f"{self.path} was trained with seed {found}, not {self.seed}; use that seed or another folder"
            )
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.schedule.load_state_dict(state["schedule"])
        torch.set_rng_state(state["random"])
        self.epoch, self.seconds, self.history = state["epoch"], state["cpu_seconds"], state["history"]
