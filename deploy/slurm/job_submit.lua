--[[
Asks the gate whether a job may run, when it is submitted and when it is changed (JobSubmitPlugins=lua, beside slurm.conf).
Needs LuaSocket (Debian: lua-socket). Where the gate does not answer in time, what the agreement says for that holds, and
for half a minute nobody waits again: the scheduler goes on.
What a job is for is told in its comment: sbatch --comment="activity=training run=aster/big use=medicine".
Where the gate is, and what gres are called in the agreement, is in /etc/standstill/gate.conf.
--]]
local function configured(path)
  local values = {}
  local file = io.open(path, "r")
  if file == nil then return values end
  for line in file:lines() do
    local name, value = string.match(line, "^%s*(STANDSTILL_GATE_[A-Z_]+)=[\"']?(.-)[\"']?%s*$")
    if name then values[name] = value end
  end
  file:close()
  return values
end

local CONF = configured(os.getenv("STANDSTILL_GATE_CONF") or "/etc/standstill/gate.conf")
local SOCKET = CONF.STANDSTILL_GATE_SOCKET or "/run/standstill/gate.sock"
local WHEN_UNSURE = CONF.STANDSTILL_GATE_WHEN_UNSURE or "refuse"
local TIMEOUT_SECONDS = 0.5
local QUIET_SECONDS = 30
-- Types of gres by their names in the agreement; a type that is not here counts as the fastest accelerator there.
local ACCELERATORS = {}
for kind, name in string.gmatch(CONF.STANDSTILL_GATE_ACCELERATORS or "", "([^%s=]+)=([^%s=]+)") do
  ACCELERATORS[kind] = name
end
local NO_VAL = 4294967294
local quiet_until = 0

local function number_or(value, default)
  if value == nil or value == 0 or value >= NO_VAL - 2 then return default end
  return value
end

-- Names of gres that are accelerators, or shares of one: how many accelerators so many of them are at most.
local COUNTED = {
  gpu = function(count) return count end,
  shard = function(count) return count end,
  mps = function(count) return math.ceil(count / 100) end,
}

-- Slurm counts thousands as 1024.
local SUFFIXES = { [""] = 1, k = 1024, m = 1024 ^ 2, g = 1024 ^ 3 }

-- "gres:gpu:h100:2,gres:gpu:1" and the like: how many accelerators at most, and of which type; "?" where they are of several.
local function gpus_in(tres)
  local count, kind = 0, nil
  for part in string.gmatch(tres or "", "[^,]+") do
    part = string.gsub(string.gsub(part, "^gres[:/]", ""), "%(.*%)$", "")
    local name, rest = string.match(part, "^(%w+)[:=/]?(.*)$")
    local counted = COUNTED[name or ""]
    if counted then
      -- Without a number it is one; a type may end in digits, as h100.
      local typed, number, suffix = string.match(rest, "^(.*)[:=](%d+)([kKmMgG]?)$")
      if number == nil then
        number, suffix = string.match(rest, "^(%d+)([kKmMgG]?)$")
        typed = number and "?" or (rest == "" and "?" or rest)
      end
      count = count + counted(tonumber(number or 1) * SUFFIXES[string.lower(suffix or "")])
      kind = (kind == nil or kind == typed) and typed or "?"
    end
  end
  return count, kind
end

-- "0-15%4,20": how many tasks may run at once.
local function tasks_in(array)
  if array == nil or array == "" then return 1 end
  local limit = string.match(array, "%%(%d+)")
  local tasks = 0
  for part in string.gmatch(string.gsub(array, "%%%d+", ""), "[^,]+") do
    local from, to, step = string.match(part, "^(%d+)%-(%d+):?(%d*)$")
    if from then
      step = tonumber(step ~= "" and step or 1)
      tasks = tasks + math.floor((tonumber(to) - tonumber(from)) / math.max(1, step)) + 1
    else
      tasks = tasks + 1
    end
  end
  if limit then tasks = math.min(tasks, tonumber(limit)) end
  return math.max(1, tasks)
end

local function job_of(desc, name)
  -- "--nodes=4-8" may be given eight.
  local nodes = math.max(number_or(desc.min_nodes, 1), number_or(desc.max_nodes, 1))
  -- "--ntasks=64 --ntasks-per-node=8" needs eight.
  local tasks_per_node = number_or(desc.ntasks_per_node, nil)
  if tasks_per_node and tasks_per_node < 65534 then
    nodes = math.max(nodes, math.ceil(number_or(desc.num_tasks, 1) / tasks_per_node))
  end
  local per_job, kind_job = gpus_in(desc.tres_per_job)
  local per_node, kind_node = gpus_in(desc.tres_per_node or desc.gres)
  local per_task, kind_task = gpus_in(desc.tres_per_task)
  local per_socket, kind_socket = gpus_in(desc.tres_per_socket)
  local sockets = number_or(desc.sockets_per_node, 8)
  local all = math.max(per_job, per_node * nodes, per_task * number_or(desc.num_tasks, nodes),
    per_socket * sockets * nodes)
  local minutes = number_or(desc.time_limit, nil)
  local job = {
    string.format('"op":"check","job":"%s","accelerators":%d,"tasks":%d', name, all, tasks_in(desc.array_inx)),
    string.format('"seconds":%s', minutes and tostring(minutes * 60) or "null"),
  }
  local kind = ACCELERATORS[kind_job or kind_node or kind_task or kind_socket or ""]
  if kind then job[#job + 1] = string.format('"accelerator":"%s"', kind) end
  for key, value in string.gmatch(desc.comment or "", "(%a+)=([%w._:/%-]+)") do
    if key == "activity" or key == "run" or key == "use" then
      job[#job + 1] = string.format('"%s":"%s"', key, value)
    end
  end
  return all, "{" .. table.concat(job, ",") .. "}\n"
end

local function ask(line)
  local now = os.time()
  if now < quiet_until then return nil, "it did not answer shortly before" end
  local loaded, unix = pcall(require, "socket.unix")
  if not loaded then return nil, "LuaSocket is not installed" end
  -- Older versions of LuaSocket give the constructor itself, newer ones a table.
  local socket = type(unix) == "table" and (unix.stream or unix)() or unix()
  socket:settimeout(TIMEOUT_SECONDS)
  local done, problem = socket:connect(SOCKET)
  local answer
  if done then done, problem = socket:send(line) end
  if done then answer, problem = socket:receive("*l") end
  socket:close()
  if answer == nil then quiet_until = os.time() + QUIET_SECONDS end
  return answer, problem
end

local function decide(desc, name)
  local accelerators, line = job_of(desc, name)
  if accelerators == 0 then return slurm.SUCCESS end
  local answer, problem = ask(line)
  local decision = answer and string.match(answer, '"decision":"(%a+)"')
  if decision == "allow" then return slurm.SUCCESS end
  if decision == "refuse" then
    local sentence = string.match(answer, '"sentence":"(.-[^\\])"') or "The gate refuses it."
    slurm.log_user("%s", (string.gsub(sentence, "\\(.)", "%1")))
    return slurm.ERROR
  end
  local told = answer and (string.match(answer, '"message":"(.-[^\\])"') or answer) or problem
  slurm.log_info("standstill: no answer of the gate (%s); %s", tostring(told), WHEN_UNSURE)
  if WHEN_UNSURE == "allow" then return slurm.SUCCESS end
  slurm.log_user("The gate does not answer (%s). The agreement says to refuse then.", tostring(told))
  return slurm.ERROR
end

function slurm_job_submit(job_desc, part_list, submit_uid)
  return decide(job_desc, "slurm:new-" .. tostring(submit_uid))
end

-- What a change leaves out stays as it was.
local CHANGED = { "time_limit", "tres_per_job", "tres_per_node", "tres_per_task", "tres_per_socket",
  "min_nodes", "max_nodes", "num_tasks", "ntasks_per_node", "array_inx", "comment" }

function slurm_job_modify(job_desc, job_rec, part_list, modify_uid)
  local after, is_other = {}, false
  for _, field in ipairs(CHANGED) do
    local value = job_desc[field]
    if type(value) == "number" then value = number_or(value, nil) end
    if value ~= nil and value ~= "" then
      after[field], is_other = value, true
    else
      local had, before = pcall(function() return job_rec[field] end)
      after[field] = had and before or nil
    end
  end
  if not is_other then return slurm.SUCCESS end
  return decide(after, "slurm:" .. tostring(job_rec.job_id))
end

return slurm.SUCCESS
